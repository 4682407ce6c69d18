/* Retirement of memory that others may be reading (runtime/memory/retire.h), for spin.
 *
 * Each of THREADS threads comes and goes online and offline, passes checkpoints, and in between reads
 * what the one shared pointer leads to, or puts another buffer there and retires the old one. In all
 * CHANGES buffers are retired. Checked:
 *  - what a thread reads has not been freed;
 *  - when all threads have ended and the world has too, each retired buffer has been freed, once.
 *
 * A batch is one buffer here, and a buffer is a bit of a number. `seen` of a thread that goes online
 * is a store that a processor may hold back while the thread's reads go ahead: a store buffer of
 * that one store, which (Q4)'s seq_cst empties. Epochs are read-modify-writes.
 *
 * -DBROKEN=1   a buffer is freed at the next checkpoint of the thread that retired it
 * -DBROKEN=2   the goal is the epoch as it is: nobody need come past a checkpoint after it
 * -DBROKEN=3   a thread looks at the epoch in the middle of a read
 * -DBROKEN=4   going online is no more than a store (no seq_cst)
 * -DBROKEN=5   what is retired while others wait is put to them, with their goal
 * -DBROKEN=6   a thread that ends frees what it has retired
 * -DBROKEN=7   going offline forgets that the thread is in the middle of a read
 * spin must refute each of them.
 */
#ifndef THREADS
#define THREADS 3
#endif
#ifndef CHANGES
#define CHANGES 3
#endif
#ifndef BROKEN
#define BROKEN 0
#endif
#define NONE 255

byte epoch = 1;
byte seen[3];              /* 0: offline */
byte held_back[3];         /* a store to `seen` that is not in memory yet; 0: none */
bool mutex;
bool joined[3];
byte current;              /* the buffer that the shared pointer leads to */
byte next_buffer = 1;
byte freed;                /* bits: by buffer */
byte orphans;              /* likewise, under the mutex */
byte orphans_goal;
byte left;                 /* threads that have ended */
/* Ghost. */
byte reading[3] = NONE;    /* the buffer that a thread looks at */

#define bit(buffer) (1 << (buffer))

inline free_all(buffers) {
  d_step {
    assert((freed & buffers) == 0);
    freed = freed | buffers;
    assert(reading[0] == NONE || (freed & bit(reading[0])) == 0);
    assert(reading[1] == NONE || (freed & bit(reading[1])) == 0);
    assert(reading[2] == NONE || (freed & bit(reading[2])) == 0);
    buffers = 0
  }
}

/* The memory: a store that was held back reaches it at any time. */
active proctype memory() {
end:
  do
  :: d_step { held_back[0] != 0 -> seen[0] = held_back[0]; held_back[0] = 0 }
  :: d_step { held_back[1] != 0 -> seen[1] = held_back[1]; held_back[1] = 0 }
  :: d_step { held_back[2] != 0 -> seen[2] = held_back[2]; held_back[2] = 0 }
  od
}

inline go_online() {
  now = epoch;
  if
  :: BROKEN == 4 -> held_back[me] = now
  :: else ->
     do
     :: seen[me] = now;
        if
        :: now == epoch -> break
        :: now != epoch -> now = epoch
        fi
     od
  fi;
  now = 0;
  online = true
}

inline go_offline() {
  d_step {
    if :: BROKEN != 7 -> reading[me] = NONE :: else -> skip fi;
    held_back[me] = 0;
    seen[me] = 0
  }
  online = false
}

inline close_batch() {
  d_step {
    if
    :: BROKEN == 2 -> goal = epoch
    :: else -> epoch++; goal = epoch
    fi;
    waiting = waiting | open;
    open = 0
  }
}

/* Looks at one thread after the other. */
inline free_reached() {
  atomic { !mutex -> mutex = true }
  reached = NONE;
  i = 0;
  do
  :: i < 3 ->
     d_step {
       if
       :: joined[i] && i != me && seen[i] != 0 && seen[i] < reached -> reached = seen[i]
       :: else -> skip
       fi;
       i++
     }
  :: else -> break
  od;
  i = 0;
  if
  :: orphans_goal <= reached -> free_all(orphans)
  :: else -> skip
  fi;
  mutex = false;
  if
  :: goal <= reached -> free_all(waiting)
  :: else -> skip
  fi;
  reached = 0
}

inline quiesce() {
  if :: BROKEN != 3 -> reading[me] = NONE :: else -> skip fi;
  held_back[me] = 0;
  seen[me] = epoch;
  if
  :: BROKEN == 1 && open != 0 -> free_all(open)
  :: BROKEN == 5 && open != 0 && waiting != 0 -> waiting = waiting | open; open = 0; free_reached()
  :: else ->
     if
     :: open != 0 ->
        if :: waiting != 0 -> free_reached() :: else -> skip fi;
        if
        :: waiting == 0 -> close_batch(); free_reached()
        :: else -> skip
        fi
     :: else -> skip
     fi
  fi
}

/* No other thread changes it between the two: its lock is held. */
inline change() {
  atomic {
    next_buffer <= CHANGES ->
    open = open | bit(current);
    current = next_buffer;
    next_buffer++
  }
}

inline leave() {
  if
  :: BROKEN == 6 -> waiting = waiting | open; open = 0; free_all(waiting)
  :: else -> skip
  fi;
  atomic { !mutex -> mutex = true }
  joined[me] = false;
  if
  :: open != 0 || waiting != 0 ->
     close_batch();
     d_step { orphans = orphans | waiting; waiting = 0; orphans_goal = goal }
  :: else -> skip
  fi;
  mutex = false
}

proctype thread(byte me) {
  bool online;
  byte now, open, waiting, goal, reached, i, changes;
  atomic { !mutex -> joined[me] = true }
  go_online();
  do
  :: online && reading[me] == NONE ->
     reading[me] = current      /* the load of the pointer; what it leads to is read until it ends */
  :: online && reading[me] != NONE ->
     d_step { assert((freed & bit(reading[me])) == 0); reading[me] = NONE }
  :: online && changes < 2 && next_buffer <= CHANGES ->
     if
     :: change(); changes++
     :: next_buffer > CHANGES -> skip
     fi
  :: online -> quiesce()
  :: online -> go_offline()
  :: !online -> go_online()
  :: !online -> break
  od;
  reading[me] = NONE;
  leave();
  left++
}

init {
  atomic {
    run thread(0);
    run thread(1);
    if :: THREADS > 2 -> run thread(2) :: else -> skip fi
  }
  left == THREADS;
  free_all(orphans);            /* ~Retirement() */
  assert(freed == (1 << (next_buffer - 1)) - 1)
}
