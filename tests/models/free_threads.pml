/* Stopping the world of strategies/policies/threads/free_threads.h, for spin.
 *
 * Each of THREADS threads comes, passes checkpoints, detaches for blocking regions, stops the world
 * (STOPS times in all), has those that wait at a checkpoint work, and goes. Checked:
 *  - while the world is stopped nobody touches objects but the stopper, and those that it has work;
 *  - each thread that waits at a checkpoint works once, and nobody works when the world starts;
 *  - a request to stop (kBreakPolicy) is withdrawn when the thread has stopped;
 *  - nobody sleeps for ever: spin reports that as an invalid end state.
 *
 * Each compare-and-swap of a word is a step of its own, as the thread's own ones need no mutex. What
 * happens under the mutex is a sequence of steps; a sleeper has left the mutex. The looks before
 * sleeping (look_until) are left out: all that they do is to look again under the mutex.
 *
 * -DBROKEN=1   a thread that stops does not withdraw the request
 * -DBROKEN=2   detach() stores, where it must compare: the stopper is not told
 * -DBROKEN=3   who finds the world being stopped by another waits for its end, and does not stop
 * -DBROKEN=4   start_world() wakes nobody
 * -DBROKEN=5   who waits at a checkpoint looks at the number of rounds when its wait begins, not when
 *              it stops
 * -DBROKEN=6   a detached thread is left as it is: it may attach while the world is stopped
 * -DBROKEN=7   work_on_stopped() does not wait for those that work
 * -DBROKEN=8   threads that stopped in detach() are counted among those that will work
 * spin must refute each of them.
 */
#ifndef THREADS
#define THREADS 3
#endif
#ifndef STOPS
#define STOPS 2
#endif
#ifndef BROKEN
#define BROKEN 0
#endif
#define NOBODY 255

#define DETACHED 0
#define ATTACHED 1
#define STOPPING 2
#define SUSPENDED 3

bool mutex;
bool listed[3];            /* in the world's list */
byte word[3];
bool requested[3];         /* kBreakPolicy */
bool helps[3];
byte rounds_before[3];
byte stopper = NOBODY;
byte missing;
byte rounds;
byte working;
bool work;
bool on_stopped;           /* the stopper sleeps on `stopped` */
bool on_started[3];        /* asleep on `started` */
byte stops;                /* so many times the world has been stopped */
/* Ghosts. */
bool touches[3];
bool stopped;              /* between the end of stop_world() and start_world() */
bool works[3];
bool worked[3];            /* in this round */

inline lock() { atomic { !mutex -> mutex = true } }
inline unlock() { mutex = false }

inline attach() {
  do
  :: atomic {
       word[me] == DETACHED ->
       word[me] = ATTACHED;
       touches[me] = true;
       assert(!stopped);
       assert(!requested[me])
     }
     break
  :: word[me] == SUSPENDED -> wait_for_start()
  od
}

/* With the mutex. */
inline suspend(at_checkpoint) {
  atomic {
    assert(word[me] == STOPPING);
    if :: BROKEN != 1 -> requested[me] = false :: else -> skip fi;
    word[me] = SUSPENDED;
    touches[me] = false;
    helps[me] = at_checkpoint;
    rounds_before[me] = rounds;
    assert(missing > 0);
    missing--;
    if :: missing == 0 -> on_stopped = false :: else -> skip fi
  }
}

inline wait_for_start() {
  if
  :: BROKEN == 5 -> seen = rounds
  :: else -> seen = rounds_before[me]
  fi;
  do
  :: lock();
     if
     :: word[me] != SUSPENDED -> unlock(); break
     :: word[me] == SUSPENDED && rounds == seen ->
        atomic { on_started[me] = true; mutex = false }
        !on_started[me]
     :: word[me] == SUSPENDED && rounds != seen ->
        seen = rounds;
        if
        :: !helps[me] -> unlock()
        :: else ->
           assert(work);
           unlock();
           atomic {
             assert(stopped && !worked[me]);
             works[me] = true
           }
           atomic { works[me] = false; worked[me] = true }
           lock();
           atomic {
             assert(working > 0);
             working--;
             if :: working == 0 -> on_stopped = false :: else -> skip fi
           }
           unlock()
        fi
     fi
  od
}

inline detach() {
  if
  :: BROKEN == 2 -> atomic { touches[me] = false; word[me] = DETACHED }
  :: atomic {
       BROKEN != 2 && word[me] == ATTACHED -> touches[me] = false; word[me] = DETACHED
     }
  :: BROKEN != 2 && word[me] == STOPPING -> lock(); suspend(false); unlock()
  fi
}

inline checkpoint() {
  if
  :: word[me] == STOPPING -> lock(); suspend(true); unlock(); attach()
  :: word[me] != STOPPING -> skip
  fi
}

inline ask(other) {
  do
  :: BROKEN == 6 && word[other] == DETACHED -> break
  :: atomic { BROKEN != 6 && word[other] == DETACHED -> word[other] = SUSPENDED }
     break
  :: atomic { word[other] == ATTACHED -> word[other] = STOPPING }
     missing++;
     requested[other] = true;
     break
  od
}

/* Nothing else is signalled to the stopper, so what it waits for holds when it wakes; but it looks. */
inline sleep_until_stopped() {
  atomic { on_stopped = true; mutex = false }
  !on_stopped;
  lock()
}

inline have_work_done() {
  lock();
  d_step {
    i = 0;
    helpers = 0;
    do
    :: i < 3 ->
       if
       :: listed[i] && i != me && (helps[i] || (BROKEN == 8 && word[i] == SUSPENDED)) -> helpers++
       :: else -> skip
       fi;
       worked[i] = false;
       i++
    :: else -> break
    od;
    i = 0
  }
  if
  :: helpers == 0 -> unlock()
  :: else ->
     atomic {
       work = true;
       working = helpers;
       rounds++;
       on_started[0] = false; on_started[1] = false; on_started[2] = false
     }
     unlock();
     /* Its own part of the work is here. */
     lock();
     do
     :: working > 0 && BROKEN != 7 -> sleep_until_stopped()
     :: else -> break
     od;
     work = false;
     unlock()
  fi;
  helpers = 0
}

inline start_world() {
  atomic {
    assert(!works[0] && !works[1] && !works[2]);
    stopped = false
  }
  lock();
  i = 0;
  do
  :: i < 3 ->
     if
     :: listed[i] && i != me ->
        atomic {
          if :: word[i] == SUSPENDED -> word[i] = DETACHED :: else -> skip fi;
          helps[i] = false
        }
     :: else -> skip
     fi;
     i++
  :: else -> break
  od;
  i = 0;
  atomic {
    stopper = NOBODY;
    if
    :: BROKEN != 4 -> on_started[0] = false; on_started[1] = false; on_started[2] = false
    :: else -> skip
    fi
  }
  unlock()
}

inline stop_world() {
  lock();
  if
  :: stopper != NOBODY && BROKEN != 3 -> suspend(true); unlock(); attach()
  :: stopper != NOBODY && BROKEN == 3 -> unlock(); stopper == NOBODY
  :: stopper == NOBODY ->
     stopper = me;
     i = 0;
     do
     :: i < 3 ->
        if
        :: listed[i] && i != me -> ask(i)
        :: else -> skip
        fi;
        i++
     :: else -> break
     od;
     i = 0;
     do
     :: missing > 0 -> sleep_until_stopped()
     :: else -> break
     od;
     unlock();
     atomic {
       stopped = true;
       assert(touches[me]);
       assert(touches[0] + touches[1] + touches[2] == 1)
     }
     if
     :: have_work_done()
     :: skip
     fi;
     start_world()
  fi
}

proctype thread(byte me) {
  byte seen, helpers, i;
  lock();
  listed[me] = true;
  word[me] = (stopper == NOBODY -> DETACHED : SUSPENDED);
  rounds_before[me] = rounds;
  unlock();
  attach();
  do
  :: checkpoint()
  :: detach(); attach()
  :: atomic { stops < STOPS -> stops++ }
     stop_world()
  :: break
  od;
  detach();
  lock();
  listed[me] = false;
  unlock()
}

init {
  atomic {
    run thread(0);
    run thread(1);
    if :: THREADS > 2 -> run thread(2) :: else -> skip fi
  }
}
