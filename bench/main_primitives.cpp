// bench_primitives: the pieces that strategies are made of, timed one by one.

#include "bench/primitives/session.h"

int main(int argument_count, char** arguments) {
  return gilbench::bench_primitives_main(argument_count, arguments);
}
