// How fast the machine is at the moment, by a native loop: what one core gives, and what all of
// them give at once.
//
// A virtual machine's cores are often halves of cores whose other halves do somebody else's work:
// the same code then takes up to twice as long, for parts of a second or for minutes, and nothing
// that the kernel counts tells. And two cores at once may give less than twice what one gives. No
// strategy can be faster than that, so it stands beside the speed-ups.
#pragma once

#include <vector>

namespace gilbench {

struct CoreSpeed {
  int cores = 1;
  double alone_seconds = 0;  // of the loop on one core while nothing of ours is on the others
  double together_seconds =
      0;  // of one on each core, from the barrier's fall to the last one's end

  // How many cores' worth of work all of them do at once: 2 of 2, or 1.4 where they share
  // something.
  double cores_gave() const { return cores * alone_seconds / together_seconds; }
};

// Takes two to four scheduler's slices, 20 ms each on a slow core, so that nobody who uses a core
// slips between them. `numbers`: the system's numbers of the cores; none: wherever the kernel
// likes. The loop that is alone runs on the first of them.
CoreSpeed probe_cores(const std::vector<int>& numbers);

}  // namespace gilbench
