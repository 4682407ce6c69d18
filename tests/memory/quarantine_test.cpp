// The quarantine alone.
#include "runtime/memory/quarantine.h"

#include <vector>

#include "stand_in.h"

GILBENCH_BEGIN
namespace {

TEST(Quarantine, KeepsUntilItIsOpenedAndNothingAfter) {
  if constexpr (Refs::kCounts) {
    StandInWorld world;
    StandInThread thread(world);
    // Each with the one reference that the quarantine takes over the death of.
    constexpr std::int64_t kKept = 100;
    for (std::int64_t i = 0; i < kKept; ++i) {
      Object* object = make_leaf().take();
      ASSERT_TRUE(Refs::release(*object));
      ASSERT_TRUE(world.quarantine.keep(object));
    }
    EXPECT_EQ(world.live_objects(), kKept) << "none of them has been destroyed";
    world.quarantine.open();
    EXPECT_EQ(world.live_objects(), 0);
    Object* object = make_leaf().take();
    ASSERT_TRUE(Refs::release(*object));
    EXPECT_FALSE(world.quarantine.keep(object)) << "it is open";
    destroy(object);
    EXPECT_EQ(world.live_objects(), 0);
  }
}

TEST(Quarantine, IsFullAtSomeTime) {
  if constexpr (Refs::kCounts) {
    StandInWorld world;
    StandInThread thread(world);
    std::int64_t kept = 0;
    Object* refused = nullptr;
    while (refused == nullptr && kept < 1'000'000) {
      Object* object = make_leaf().take();
      ASSERT_TRUE(Refs::release(*object));
      if (world.quarantine.keep(object)) {
        ++kept;
      } else {
        refused = object;
      }
    }
    ASSERT_NE(refused, nullptr) << "a leak must not take all memory";
    EXPECT_GE(kept, 1000) << "enough to be seen";
    destroy(refused);
    EXPECT_EQ(world.live_objects(), kept);
    world.quarantine.open();
    EXPECT_EQ(world.live_objects(), 0);
  }
}

}  // namespace
GILBENCH_END
