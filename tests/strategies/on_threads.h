// Runs a test's body on several threads that start together.
#pragma once

#include <barrier>
#include <thread>
#include <vector>

namespace gilbench {

// Calls body(index) on `count` threads that start together; returns when all have ended.
template <class Body>
void on_threads(int count, const Body& body) {
  std::barrier start(count);
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      start.arrive_and_wait();
      body(i);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace gilbench
