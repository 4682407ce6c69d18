// What a binary's main() catches, and what it says of it.
#include "runtime/support/exit_status.h"

#include <exception>
#include <iostream>
#include <new>

#include "runtime/support/standard_streams.h"

namespace gilbench {

int exit_status_of(const std::string& binary, const std::function<int()>& body) {
  return with_standard_streams(binary, [&] {
    try {
      return body();
    } catch (const SourceError& error) {
      std::cerr << error.what() << '\n';
      return kExitUsage;
    } catch (const UsageError& error) {
      std::cerr << binary << ": " << error.what() << '\n';
      return kExitUsage;
    } catch (const std::bad_alloc&) {
      std::cerr << binary << ": out of memory\n";
      return kExitFailed;
    } catch (const std::exception& error) {
      std::cerr << binary << ": " << error.what() << '\n';
      return kExitFailed;
    }
  });
}

}  // namespace gilbench
