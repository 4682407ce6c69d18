// Reading straight into a new bytes object, for os.read() and socket.recv().
#pragma once

#include "runtime/objects/make.h"
#include "runtime/world/blocking_call.h"

GILBENCH_BEGIN

// `read(buffer, size)` fills the buffer and returns how much there was. Nobody else can see the
// object yet, so it may be filled while detached. A short read is copied into an object of its own
// size: an object's memory goes back by its size.
template <class Read>
Ref<> read_bytes(std::size_t size, Read&& read) {
  Ref<Bytes> bytes = make_bytes_uninitialized(size);
  const auto got = static_cast<std::size_t>(read(bytes->data, size));
  if (got == size) return bytes;
  return make_bytes({bytes->data, got});
}

GILBENCH_END
