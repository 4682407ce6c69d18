// The work by which a core's speed is probed.
#pragma once

namespace gilbench {

// Some 12 ms on a core at 3 GHz, and in every build: it is compiled with optimisation and without
// sanitizers always (CMakeLists.txt), for it is the machine that is measured.
void native_loop();

}  // namespace gilbench
