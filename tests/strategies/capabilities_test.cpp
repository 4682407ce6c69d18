// A capability that a policy promises is whole, or the policy fills no contract. Each struct here
// lacks one part of what it promises; that it is refused is looked at when this is compiled.
#include <gtest/gtest.h>

#include "every_policy.h"
#include "strategies/policies/locks/no_object_locks.h"
#include "strategies/policies/refs/plain_refs.h"

namespace gilbench {
namespace {

template <class Refs>
inline constexpr bool kFillsContract = RefsPolicy<Refs, NoObjectLocks>;

static_assert(kFillsContract<PlainRefs>, "what promises nothing more lacks nothing");
static_assert(!kFillsContract<SimpleRefs>, "what does not count is no policy");

// ---- kImmortals ----

struct Immortals : NeverImmortal<PlainRefs> {
  static constexpr bool kImmortals = true;
};
static_assert(kFillsContract<Immortals>);
struct OnlyPromisesImmortals : PlainRefs {
  static constexpr bool kImmortals = true;
};
static_assert(!kFillsContract<OnlyPromisesImmortals>);
struct NeverUnmade : Immortals {
  static void unmake(auto&) = delete;
};
static_assert(!kFillsContract<NeverUnmade>);
struct CannotTellImmortals : Immortals {
  static bool immortal(auto&) = delete;
};
static_assert(!kFillsContract<CannotTellImmortals>);
struct CannotTellTheEternal : Immortals {
  static bool eternal(auto&) = delete;
};
static_assert(!kFillsContract<CannotTellTheEternal>);

// ---- kDefers ----

struct Deferring : NeverDefers<Immortals> {
  static constexpr bool kDefers = true;
};
static_assert(kFillsContract<Deferring>);
struct PromisesToDefer : Immortals {
  static constexpr bool kDefers = true;
};
static_assert(!kFillsContract<PromisesToDefer>);
struct DefersWithoutImmortals : PlainRefs {
  static constexpr bool kDefers = true;
  static void defer(auto&) noexcept {}
};
static_assert(!kFillsContract<DefersWithoutImmortals>);

// ---- kReadsDead ----

struct Reads : AlwaysLocked<PlainRefs> {
  static constexpr bool kReadsDead = true;
};
static_assert(kFillsContract<Reads>);
struct ForgetsTryRetain : Reads {
  static bool try_retain(auto&) = delete;
};
static_assert(!kFillsContract<ForgetsTryRetain>);
struct ForgetsToShare : Reads {
  static void share(auto&) = delete;
};
static_assert(!kFillsContract<ForgetsToShare>);
struct CannotTellItsOwn : Reads {
  static bool alive_own(auto&) = delete;
};
static_assert(!kFillsContract<CannotTellItsOwn>);

// ---- a Thread that is not empty ----

struct PromisesThreads : PlainRefs {
  struct Thread {
    int own = 0;
  };
};
static_assert(!kFillsContract<PromisesThreads>);
struct KeepsThreads : KeepsNothing<PromisesThreads> {};
static_assert(kFillsContract<KeepsThreads>);
struct ForgetsToAdopt : KeepsThreads {
  static void adopt(auto&) = delete;
};
static_assert(!kFillsContract<ForgetsToAdopt>);
struct CannotBeReminded : KeepsThreads {
  static void remind(Thread&, ThreadControl&) = delete;
};
static_assert(!kFillsContract<CannotBeReminded>);

// ---- kCounts = false ----

struct CountsNothing : Reads {
  static constexpr bool kCounts = false;
  static constexpr bool kReadsDead = false;
};
static_assert(!kFillsContract<CountsNothing>, "who finds the dead?");
struct Traced : CountsNothing {
  static bool mark(auto&) noexcept { return false; }
  static bool reached(auto&) noexcept { return false; }
  static bool sweep(auto&) noexcept { return false; }
  static void condemn(auto&) noexcept {}
  static void set_free(auto&) noexcept {}
};
static_assert(kFillsContract<Traced>);
struct TracedUnderLocks : Traced {
  static bool try_retain_own(auto&) = delete;
};
static_assert(!kFillsContract<TracedUnderLocks>, "its reads go without a lock");
struct CannotBeSwept : Traced {
  static bool sweep(auto&) = delete;
};
static_assert(!kFillsContract<CannotBeSwept>);

// ---- who answers for what is not promised ----

struct Yes : Immortals {
  static bool immortal(auto&) noexcept { return true; }
};

TEST(Capabilities, WhatIsNotPromisedIsAnsweredWithNo) {
  using Refs = CompleteRefs<PlainRefs>;
  HeaderParts<Refs, NoObjectLocks> h{};
  Refs::init(h);
  EXPECT_FALSE(Refs::immortal(h));
  EXPECT_FALSE(Refs::try_retain(h));
  EXPECT_FALSE(Refs::alive_own(h));
  Refs::defer(h);
  Refs::make_immortal(h);
  EXPECT_TRUE(Refs::release(h)) << "it is counted all the same";
}

TEST(Capabilities, WhatIsPromisedIsThePolicysOwn) {
  static_assert(std::is_same_v<CompleteRefs<Traced>::Thread, SimpleRefs::Thread>);
  static_assert(std::is_base_of_v<KeepsThreads, CompleteRefs<KeepsThreads>>);
  HeaderParts<Yes, NoObjectLocks> h{};
  EXPECT_TRUE(CompleteRefs<Yes>::immortal(h));
}

}  // namespace
}  // namespace gilbench
