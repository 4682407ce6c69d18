// The descriptors that a program has opened and holds as plain numbers (os.open, os.pipe,
// socket.detach). A run that is ended runs no finally and no with, and no object closes them when
// it dies, but the harness goes on: what is left is closed with the run.
//
// They are the process's and not a world's, for a worker's world may close what setup() has opened
// in the main one. A process has one run at a time.
#pragma once

#include <initializer_list>

#include "strategies/current.h"

GILBENCH_BEGIN

// Those that cannot be noted are closed: std::bad_alloc.
void note_opened(std::initializer_list<int> descriptors);
// Before it is closed: after that another thread's file may have the number.
void note_closed(int descriptor);

// Closes, at its own end, what is then still open. No thread of the run may be alive.
struct [[nodiscard]] OpenDescriptors {
  OpenDescriptors() = default;
  ~OpenDescriptors();
  OpenDescriptors(const OpenDescriptors&) = delete;
  OpenDescriptors& operator=(const OpenDescriptors&) = delete;
};

GILBENCH_END
