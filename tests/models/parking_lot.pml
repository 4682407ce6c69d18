/* The parking lot with its fence (strategies/policies/locks/parking_lot.h) and the mutex of one byte
 * over it (object_mutex.h), for spin.
 *
 * Each of THREADS threads locks and unlocks one of two mutexes, ROUNDS times; both fall to the same
 * bucket. Checked: at most one thread holds a mutex; nobody sleeps for ever (spin reports that as an
 * invalid end state): P2.
 *
 * What the fences are about: to unlock is a plain store, then a load of the number of sleepers, and
 * a processor may do the load before others see the store. So each thread has a store buffer here,
 * of that one store, which reaches memory at some later time. Read-modify-writes, the bucket's mutex
 * among them, empty their own thread's buffer first. heavy_fence() empties every thread's.
 *
 * -DBROKEN=1   who parks has no heavy_fence()
 * -DBROKEN=2   who parks looks at the lock before it has the bucket's mutex
 * -DBROKEN=3   who parks is counted after it has looked
 * -DBROKEN=4   who parks is counted only until it is in the queue
 * -DBROKEN=5   who is woken stays in the queue, and may be woken once more
 * -DBROKEN=6   a woken thread is taken to have the lock
 * spin must refute each of them.
 */
#ifndef THREADS
#define THREADS 3
#endif
#ifndef ROUNDS
#define ROUNDS 2
#endif
#ifndef BROKEN
#define BROKEN 0
#endif
#define NOBODY 255

bool held[2];
byte sleepers;
bool bucket;               /* the bucket's mutex */
byte queue[3] = NOBODY;    /* of threads, first come first */
byte wants[3] = NOBODY;    /* the mutex that a queued thread sleeps for */
bool woken[3];             /* its semaphore */
byte buffered[3] = NOBODY; /* the mutex whose store of 0 is not in memory yet */
byte holders[2];           /* ghost */

inline reach_memory(who) {
  if
  :: buffered[who] != NOBODY -> held[buffered[who]] = false; buffered[who] = NOBODY
  :: else -> skip
  fi
}

/* The memory: a buffered store reaches it at any time. */
active proctype memory() {
end:
  do
  :: d_step { buffered[0] != NOBODY -> held[buffered[0]] = false; buffered[0] = NOBODY }
  :: d_step { buffered[1] != NOBODY -> held[buffered[1]] = false; buffered[1] = NOBODY }
  :: d_step { buffered[2] != NOBODY -> held[buffered[2]] = false; buffered[2] = NOBODY }
  od
}

inline lock_bucket() { atomic { !bucket -> bucket = true; reach_memory(me) } }

inline append() {
  d_step {
    wants[me] = lock;
    woken[me] = false;
    if
    :: queue[0] == NOBODY -> queue[0] = me
    :: queue[0] != NOBODY && queue[1] == NOBODY -> queue[1] = me
    :: else -> queue[2] = me
    fi
  }
}

/* The first one that sleeps for `lock` is taken off; NOBODY: there is none. */
inline take_first() {
  d_step {
    first = NOBODY;
    if
    :: queue[0] != NOBODY && wants[queue[0]] == lock ->
       first = queue[0];
       if
       :: BROKEN != 5 -> queue[0] = queue[1]; queue[1] = queue[2]; queue[2] = NOBODY
       :: else -> skip
       fi
    :: else ->
       if
       :: queue[1] != NOBODY && wants[queue[1]] == lock ->
          first = queue[1]; queue[1] = queue[2]; queue[2] = NOBODY
       :: else ->
          if
          :: queue[2] != NOBODY && wants[queue[2]] == lock -> first = queue[2]; queue[2] = NOBODY
          :: else -> skip
          fi
       fi
    fi
  }
}

inline count_in() { atomic { reach_memory(me); sleepers++ } }
inline count_out() { atomic { reach_memory(me); sleepers-- } }
inline heavy_fence() { atomic { reach_memory(0); reach_memory(1); reach_memory(2) } }

inline park() {
  if :: BROKEN != 3 -> count_in() :: else -> skip fi;
  if :: BROKEN != 1 && BROKEN != 3 -> heavy_fence() :: else -> skip fi;
  if
  :: BROKEN == 2 -> still = held[lock]; lock_bucket()
  :: else -> lock_bucket(); still = held[lock]
  fi;
  if
  :: still ->
     append();
     bucket = false;
     if
     :: BROKEN == 3 -> count_in(); heavy_fence()
     :: BROKEN == 4 -> count_out()
     :: else -> skip
     fi;
     woken[me];
     got = (BROKEN == 6);
     if :: BROKEN != 4 -> count_out() :: else -> skip fi
  :: else ->
     bucket = false;
     if :: BROKEN != 3 -> count_out() :: else -> skip fi
  fi;
  still = false
}

inline acquire() {
  got = false;
  do
  :: got -> break
  :: atomic { !got -> reach_memory(me); got = !held[lock]; held[lock] = true }  /* try_lock() */
     if
     :: got -> skip
     :: else -> park()
     fi
  od;
  got = false;
  atomic { holders[lock]++; assert(holders[lock] == 1) }
}

inline release() {
  atomic {
    holders[lock]--;
    assert(buffered[me] == NOBODY);
    buffered[me] = lock
  }
  any = sleepers;
  if
  :: any > 0 ->
     lock_bucket();
     take_first();
     bucket = false;
     if :: first != NOBODY -> woken[first] = true :: else -> skip fi
  :: else -> skip
  fi;
  any = 0;
  first = NOBODY
}

proctype thread(byte me) {
  byte lock, any, first, round;
  bool got, still;
  do
  :: round < ROUNDS ->
     round++;
     if :: lock = 0 :: lock = 1 fi;
     acquire();
     release()
  :: else -> break
  od
}

init {
  atomic {
    run thread(0);
    run thread(1);
    if :: THREADS > 2 -> run thread(2) :: else -> skip fi
  }
}
