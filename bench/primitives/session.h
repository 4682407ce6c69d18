// bench_primitives: what the strategies are made of, alone and contended, each piece beside what
// one would use without a runtime.
//
// One row, for example section/per_object_lock/contended/threads:2, is one primitive of one
// subject. alone: one thread. apart: several threads, each with objects of its own, in one world
// (where the strategy's workers share nothing, in a world each). contended: all with the same
// objects.
//
// Threads are our own (round.h), not Google Benchmark's, which divides times by their number. A
// time is the round's wall time over the operations that each thread did: what an operation takes
// the thread that asks for it. So n threads that do not hinder each other show the time of one, and
// n threads that take turns n times that. CPU time is that of all threads.
#pragma once

namespace gilbench {

// Returns the exit code: 0, 1 (an error), 2 (usage), 130 (interrupted; what was finished is saved).
int bench_primitives_main(int argument_count, char** arguments);

}  // namespace gilbench
