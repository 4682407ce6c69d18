/* The biased reference count of strategies/policies/refs/biased_refs.h, for spin: one object, made by
 * thread 0, its owner; THREADS threads that retain it, give it up, pass it on through a container,
 * read it out of the container without a lock, and end, in every order. Checked:
 *  - no object is freed while counted: whoever frees it finds no reference held, in the container,
 *    or in the owner's queue; and nobody touches it afterwards but a reader that is refused;
 *  - it is freed, once: when all threads have ended and the container is empty it is free; so it is
 *    where the owner has gone away and stays away;
 *  - the merge happens exactly once, and the flags never go back (invariants B1 and B2 there);
 *  - it is queued once at most.
 *
 * Each load, store and compare-and-swap of the two words is a step of its own, in one order for all
 * threads (the memory orders are argued beside the code and watched by ThreadSanitizer). What is
 * done under the mutex of the owner's bucket is a step, but where a thread merges in the owner's
 * place: then it holds the mutex. Nothing is made in the freed object's place.
 *
 * -DCREDITS    threads that are not the owner gain references by two, and keep one of them, and what
 *              they would give up, until they settle (strategies/policies/refs/ref_credits.h)
 * -DAWAY       the owner detaches and attaches at will (strategies/policies/refs/biased_owners.h)
 *
 * -DBROKEN=1   merge() stores the sum without a compare-and-swap
 * -DBROKEN=2   the owner frees at a count of zero even where the flags say shareable
 * -DBROKEN=3   a thread that finds the owner dead leaves the object alone
 * -DBROKEN=4   a reader without the lock may start from a count of zero
 * -DBROKEN=5   any thread that gives up a reference queues the object, queued or not
 * -DBROKEN=6   credits given back are not counted against what the owner counts (CREDITS)
 * With AWAY:
 * -DBROKEN=7   the owner comes back while another thread merges in its place
 * -DBROKEN=8   a thread merges in the owner's place without asking whether it is away
 * -DBROKEN=9   the owner goes away though its queue is not empty
 * -DBROKEN=10  the owner counts before it has said that it is back
 * -DBROKEN=11  objects are queued for an owner that is away
 * spin must refute each of them.
 */
#ifndef THREADS
#define THREADS 3
#endif
/* Without a bound the two counts would drift apart for ever: the owner makes references that others
 * give up. So many may be gained in all, and so many may a thread hold at one time. */
#ifndef GAINS
#define GAINS 3
#endif
#ifndef MOST
#define MOST 2
#endif
#ifndef BROKEN
#define BROKEN 0
#endif

/* References that a thread gains at once. */
#ifdef CREDITS
#define BATCH 2
#else
#define BATCH 1
#endif

#ifdef AWAY
#define MAY_LEAVE true
#else
#define MAY_LEAVE false
#endif

#define SHAREABLE 1
#define QUEUED 2
#define MERGED 3
#define ONE 4
#define FLAGS(word) ((word) & 3)

/* `owned`, one word: whether thread 0 owns the object, and its count. */
bool has_owner = true;
byte own = 1; /* Refs' `local`, a word that Promela keeps for itself */
/* `shared`: 4 x count + flags. */
short shared;

/* The owner's entry, its queue, and its kBreakRefs. */
bool open = true;
bool away;
bool queued;
bool asked;

/* The mutex of its bucket, as far as it is held for more than a step. */
bool bucket;

/* Each thread's table: whether the object has a place there, and its credits. */
bool kept[4];
byte credits[4];

/* A container with room for one reference, and its lock. */
bool box;
bool box_lock;

/* Ghosts: references that threads hold, or that are the queue's; what has happened. */
byte held[4];
byte queues;
bool freed;
bool merged;
byte ended;
byte gains;

inline touch() { assert(!freed) }

inline free_object() {
  atomic {
    assert(!freed);
    assert(held[0] + held[1] + held[2] + held[3] == 0 && !box && queues == 0);
    assert(credits[0] + credits[1] + credits[2] + credits[3] == 0);
    freed = true
  }
}

/* A compare-and-swap of shared from `others` to `next`: done; or others = what is there. */
inline swap_shared() {
  if
  :: shared == others ->
     assert(FLAGS(others) < QUEUED || FLAGS(next) >= FLAGS(others));
     shared = next;
     done = true
  :: else -> others = shared; done = false
  fi
}

/* All of a batch but the one that is handed out. */
inline keep_credits() {
  if
  :: BATCH > 1 -> kept[me] = true; credits[me] = credits[me] + BATCH - 1
  :: else -> skip
  fi
}

inline retain() {
  atomic { touch(); mine = has_owner && me == 0; count = own }
  if
  :: mine -> atomic { touch(); own = count + 1; held[me]++ }
  :: !mine && credits[me] > 0 -> atomic { touch(); credits[me]--; held[me]++ }
  :: !mine && credits[me] == 0 ->
     atomic { touch(); shared = shared + BATCH * ONE; held[me]++; keep_credits() }
  fi
}

/* Both counts and `extra` into the shared one; extra = -1: the queue's reference is given up. */
inline merge(extra) {
  atomic { touch(); count = own }
  atomic { touch(); has_owner = false; own = 0 }
  atomic { touch(); others = shared }
  do
  :: atomic {
       touch();
       next = (((others >> 2) + count + extra) << 2) | MERGED;
       if :: BROKEN == 1 -> others = shared :: else -> skip fi;
       is_first = FLAGS(others) != MERGED;
       swap_shared();
       if
       :: done ->
          assert(!(is_first && merged) && (is_first || count == 0));
          merged = true;
          queues = queues + extra;
          break
       :: else -> skip
       fi
     }
  od;
  if :: next == MERGED -> free_object() :: else -> skip fi
}

/* Gives up `given` references at once, of which the owner may count some. */
inline give_up() {
  again = given > 0;
  do
  :: again ->
     again = false;
     atomic { touch(); others = shared }
     do
     :: atomic {
          touch();
          queue = FLAGS(others) < QUEUED && (others >> 2) < given || (BROKEN == 5 && others < 0);
          if
          :: queue && BROKEN == 6 -> next = QUEUED
          :: queue && BROKEN != 6 -> next = ((((others >> 2) - given + 1) << 2) | QUEUED)
          :: else -> next = others - given * ONE
          fi;
          swap_shared();
          if
          :: done -> queues = queues + queue; break
          :: else -> skip
          fi
        }
     od;
     if
     :: !queue ->
        if :: next == MERGED -> free_object() :: else -> skip fi
     :: else ->
        atomic { touch(); mine = has_owner }
        if
        :: !mine -> queues--; given = 1; again = true /* merged meanwhile: given up like any other */
        :: else ->
           atomic {
             !bucket;
             done = open && (!away || BROKEN == 11) && BROKEN != 8;
             if
             :: done -> assert(!queued); queued = true; asked = true
             :: else -> bucket = true
             fi
           }
           if
           :: done -> skip
           :: !done && BROKEN == 3 -> bucket = false
           :: else -> merge(-1); bucket = false /* the owner is away or dead: in its place */
           fi
        fi
     fi
  :: else -> break
  od
}

inline release() {
  atomic { touch(); mine = has_owner && me == 0; count = own; held[me]-- }
  if
  :: mine ->
     atomic { touch(); own = count - 1 }
     if
     :: count == 1 ->
        atomic { touch(); others = shared }
        if
        :: others == 0 || (BROKEN == 2 && others == SHAREABLE) -> free_object()
        :: else -> merge(0)
        fi
     :: else -> skip
     fi
  :: else ->
     if
     :: kept[me] -> atomic { touch(); credits[me]++ }
     :: else -> given = 1; give_up()
     fi
  fi
}

/* At a checkpoint, or where another object takes the place in the table. */
inline settle() {
  d_step { given = credits[me]; credits[me] = 0; kept[me] = false }
  give_up()
}

/* Out of the container without its lock, where `box` has been seen: what was seen there may be freed by now, so nothing is
 * asserted of a refusal. `done`: a reference was gained. */
inline try_retain() {
  atomic { mine = has_owner && me == 0; count = own }
  if
  :: mine ->
     if
     :: count == 0 -> done = false
     :: else -> atomic { touch(); own = count + 1; held[me]++; done = true }
     fi
  :: !mine && credits[me] > 0 -> atomic { touch(); credits[me]--; held[me]++; done = true }
  :: !mine && credits[me] == 0 ->
     others = shared;
     do
     :: (others == 0 && BROKEN != 4) || others == MERGED -> done = false; break
     :: else ->
        atomic {
          next = others + BATCH * ONE;
          swap_shared();
          if
          :: done -> touch(); held[me]++; keep_credits(); break
          :: else -> skip
          fi
        }
     od
  fi
}

inline read_without_lock() {
  try_retain();
  if
  :: done ->
     if
     :: box -> skip
     :: else -> release() /* gone meanwhile */
     fi
  :: else ->
     atomic { !box_lock -> box_lock = true }
     if
     :: box ->
        atomic { touch(); if :: shared == 0 -> shared = SHAREABLE :: else -> skip fi }
        retain()
     :: else -> skip
     fi;
     box_lock = false
  fi
}

/* The owner, at a checkpoint. */
inline drain() {
  asked = false;
  atomic { again = queued; queued = false }
  if :: again -> merge(-1) :: else -> skip fi
}

/* What an operation leaves in its variables means nothing to the next one: fewer states. */
inline forget() {
  d_step {
    mine = false; done = false; queue = false; again = false; is_first = false;
    count = 0; given = 0; others = 0; next = 0
  }
}

#define HERE (me != 0 || !away || BROKEN == 10)

proctype thread(byte me) {
  bool mine, done, queue, again, is_first;
  byte count, given;
  short others, next;
  do
  :: atomic { HERE && held[me] > 0 && held[me] < MOST && gains < GAINS -> gains++ } retain(); forget()
  :: HERE && held[me] > 0 -> release(); forget()
  :: atomic { HERE && held[me] > 0 && !box && !box_lock -> box = true; held[me]-- }
  :: atomic { HERE && held[me] < MOST && box && !box_lock -> box = false; held[me]++ }
  :: atomic { HERE && held[me] < MOST && box && gains < GAINS -> gains++ }
     read_without_lock(); forget()
  :: HERE && me == 0 && asked -> drain(); forget()
  :: kept[me] -> settle(); forget()
  :: atomic { /* the owner ends */
       me == 0 && !away && held[me] == 0 && !kept[me] && !bucket && !queued -> open = false
     }
     break
  :: atomic {
       MAY_LEAVE && me == 0 && !away && !kept[me] && !bucket && (!queued || BROKEN == 9) -> away = true
     }
  :: atomic { me == 0 && away && (!bucket || BROKEN == 7) -> away = false }
  :: me == 0 && away && held[me] == 0 -> break /* and stays away */
  :: held[me] == 0 && me != 0 && !kept[me] -> break
  od;
  ended++
}

/* The world's end: a thread that owns nothing empties the container. */
init {
  byte me = 3;
  bool mine, done, queue, again, is_first;
  byte count, given;
  short others, next;
  atomic {
    held[0] = 1;
    run thread(0);
    run thread(1);
    if :: THREADS > 2 -> run thread(2) :: else -> skip fi
  }
  ended == THREADS;
  if :: box -> atomic { box = false; held[me]++ } release() :: else -> skip fi;
  if :: kept[me] -> settle() :: else -> skip fi;
  assert(freed && !queued && queues == 0)
}
