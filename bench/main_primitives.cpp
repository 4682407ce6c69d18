// bench_primitives: the pieces that strategies are made of, timed one by one.

#include "bench/primitives/session.h"
#include "runtime/support/standard_streams.h"

int main(int argument_count, char** arguments) {
  return gilbench::with_standard_streams("bench_primitives", [=] {
    return gilbench::bench_primitives_main(argument_count, arguments);
  });
}
