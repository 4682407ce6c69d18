// TracingRefs alone: the colours, and that there is nothing else.
#include "strategies/policies/refs/tracing_refs.h"

#include <gtest/gtest.h>

#include "strategies/policies/locks/object_mutex.h"
#include "strategies/strategy.h"

namespace gilbench {
namespace {

static_assert(RefsPolicy<TracingRefs, ObjectMutex>);

struct TracedHeader : HeaderParts<TracingRefs, ObjectMutex> {
  TracedHeader() : HeaderParts<TracingRefs, ObjectMutex>{} {}
};
static_assert(sizeof(TracedHeader) == 8, "with the type's pointer the header is of 16 bytes");

TEST(TracingRefs, AHeaderOfZerosIsNoObject) {
  TracedHeader h;
  EXPECT_TRUE(TracingRefs::dead(h));
  EXPECT_FALSE(TracingRefs::mark(h));
  EXPECT_FALSE(TracingRefs::sweep(h));
  EXPECT_TRUE(TracingRefs::dead(h));
}

TEST(TracingRefs, ReleaseNeverEndsAnObject) {
  TracedHeader h;
  TracingRefs::init(h);
  TracingRefs::retain(h);
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(TracingRefs::release(h));
  EXPECT_FALSE(TracingRefs::unique(h));
  EXPECT_FALSE(TracingRefs::dead(h));
}

TEST(TracingRefs, WhatIsMarkedOutlivesOneSweep) {
  TracedHeader h;
  TracingRefs::init(h);
  EXPECT_TRUE(TracingRefs::mark(h));
  EXPECT_FALSE(TracingRefs::mark(h)) << "one mark reaches it once";
  EXPECT_FALSE(TracingRefs::sweep(h));
  EXPECT_TRUE(TracingRefs::sweep(h)) << "nothing has reached it since";
  TracingRefs::set_free(h);
  EXPECT_TRUE(TracingRefs::dead(h));
}

TEST(TracingRefs, WhatIsCondemnedIsNeitherMarkedNorSweptAgain) {
  TracedHeader h;
  TracingRefs::init(h);
  EXPECT_TRUE(TracingRefs::sweep(h));
  TracingRefs::condemn(h);
  EXPECT_FALSE(TracingRefs::mark(h));
  EXPECT_FALSE(TracingRefs::sweep(h));
  EXPECT_FALSE(TracingRefs::dead(h));
}

}  // namespace
}  // namespace gilbench
