/* The global lock of strategies/policies/threads/global_lock_threads.h, for spin.
 *
 * THREADS threads attach, pass checkpoints, detach for blocking regions, and end. Checked:
 *  - no two holders: `attached` is at most one;
 *  - a request reaches the holder alone, and never carries over to the next time it holds;
 *  - no lost wake-up: no thread sleeps for ever. The switch interval would hide one that is lost,
 *    so here it passes only while the lock is held; a thread asleep on a free lock that nobody
 *    wakes is then a deadlock, which spin reports as an invalid end state;
 *  - a thread that waits is served, however long the holder computes (-DENDLESS, `served`, under
 *    weak fairness: a thread that can go on does, sooner or later). Of a holder that comes and goes
 *    by itself this is not claimed: it may have the lock back each time before the other has woken.
 *
 * Every mutex and condition variable operation is a step of its own; what happens under the mutex
 * between two of them is one step. `switches` has no bound, so the model keeps for each thread
 * whether it has changed since the thread looked. -DSPURIOUS lets the interval pass at any time.
 *
 * -DBROKEN=1   on_break() takes the lock back at once: no forced switching   (-DENDLESS)
 * -DBROKEN=2   a request is not withdrawn when the holder lets go
 * -DBROKEN=3   letting go wakes nobody
 * -DBROKEN=4   attach() looks at the lock before it has the mutex
 * -DBROKEN=5   waiting threads ask for nothing                               (-DENDLESS)
 * spin must refute each of them. (That on_break() waits only while somebody waits makes no
 * difference: who asked waits until it has the lock, and what it asked for is withdrawn with it.)
 */
#ifndef THREADS
#define THREADS 3
#endif
#ifndef BROKEN
#define BROKEN 0
#endif
#define NOBODY 255

bool mutex;                /* World::mutex */
bool locked;               /* under the mutex, as the next ones */
byte holder = NOBODY;
byte waiting;
bool changed[3];           /* switches != what the thread has seen */
bool on_released[3];       /* asleep on the condition variable `released` */
bool on_taken[3];          /* asleep on `taken` */
bool asked[3];             /* kBreakDropLock in the thread's breaker */
byte attached;             /* ghost: threads that may touch objects */
bool wants0, holds0;       /* ghosts, for `served` */

#ifdef ENDLESS
/* A mutex that the same thread does not get twice while the other one waits for it: the waiting
 * thread comes back to it once in an interval, which weak fairness knows nothing of. */
bool wants_mutex[3];
byte had_mutex = NOBODY;
inline lock_mutex() {
  wants_mutex[me] = true;
  atomic {
    !mutex && (had_mutex != me || !wants_mutex[1 - me]) ->
    mutex = true; had_mutex = me; wants_mutex[me] = false
  }
}
#else
inline lock_mutex() { atomic { !mutex -> mutex = true } }
#endif

inline notify_released() {
  if
  :: on_released[0] -> on_released[0] = false
  :: on_released[1] -> on_released[1] = false
  :: on_released[2] -> on_released[2] = false
  :: !on_released[0] && !on_released[1] && !on_released[2] -> skip
  fi
}

/* Gives the mutex up and sleeps in one step; has it again in the end. */
inline wait_released() {
  atomic { on_released[me] = true; mutex = false }
  if
  :: atomic { !on_released[me] -> timed_out = false }
#ifdef SPURIOUS
  :: atomic { on_released[me] -> on_released[me] = false; timed_out = true }
#else
  :: atomic { on_released[me] && locked -> on_released[me] = false; timed_out = true }
#endif
  fi;
  lock_mutex()
}

inline wait_taken() {
  atomic { on_taken[me] = true; mutex = false }
  !on_taken[me];
  lock_mutex()
}

/* With the mutex. */
inline take() {
  waiting++;
  do
  :: atomic { locked -> changed[me] = false }
     wait_released();
     atomic {
       if
       :: timed_out && locked && !changed[me] && BROKEN != 5 ->
          assert(holder != NOBODY && holder != me);
          asked[holder] = true
       :: else -> skip
       fi
     }
  :: else -> break
  od;
  taken_now()
}

inline taken_now() {
  atomic {
    waiting--;
    assert(!asked[me]);
    locked = true;
    holder = me;
    changed[0] = true; changed[1] = true; changed[2] = true;
    on_taken[0] = false; on_taken[1] = false; on_taken[2] = false;
    attached++;
    assert(attached == 1);
    if :: me == 0 -> wants0 = false; holds0 = true :: else -> skip fi
  }
}

inline drop() {
  atomic {
    attached--;
    if :: me == 0 -> holds0 = false :: else -> skip fi;
    if :: BROKEN != 2 -> asked[me] = false :: else -> skip fi;
    locked = false;
    holder = NOBODY;
    if :: BROKEN != 3 -> notify_released() :: else -> skip fi
  }
}

inline attach() {
  if :: me == 0 -> wants0 = true :: else -> skip fi;
  if
  :: BROKEN == 4 && !locked -> lock_mutex(); waiting++; taken_now()
  :: else -> lock_mutex(); take()
  fi;
  mutex = false
}

inline detach() { lock_mutex(); drop(); mutex = false }

inline checkpoint() {
  if
  :: atomic { asked[me] -> asked[me] = false }
     lock_mutex();
     changed[me] = false;
     drop();
     if :: me == 0 -> wants0 = true :: else -> skip fi;
     do
     :: !changed[me] && waiting > 0 && BROKEN != 1 -> wait_taken()
     :: else -> break
     od;
     take();
     mutex = false
  :: !asked[me] -> skip
  fi
}

proctype thread(byte me) {
  bool timed_out;
  attach();
  do
  :: checkpoint()
#ifdef ENDLESS
  :: me == 0 -> detach(); attach()   /* the other one computes for ever */
#else
  :: detach(); attach()              /* a blocking region */
  :: break
#endif
  od;
  detach()
}

init {
  atomic {
    run thread(0);
    run thread(1);
    if :: THREADS > 2 -> run thread(2) :: else -> skip fi
  }
}

#ifdef ENDLESS
/* With two threads: among three, whom a notification wakes is not the lock's to say. */
ltl served { [] (wants0 -> <> holds0) }
#endif
