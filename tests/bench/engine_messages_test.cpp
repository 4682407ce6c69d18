// What crosses the socket between the harness and its engine processes comes out as it went in.

#include "bench/engine_messages.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cmath>
#include <limits>
#include <thread>

namespace gilbench {
namespace {

using nlohmann::json;

// As over the socket: text in between.
json sent(const json& message) { return json::parse(message_text(message)); }

TEST(EngineMessages, ARequestComesOutAsItWentIn) {
  EngineRequest request;
  request.name = "cpu/a/global_lock/workers:3";
  request.strategy = "global_lock";
  request.program = "/tmp/a \"b\".py";
  request.run.size = "full";
  request.run.workers = 3;
  request.run.timeout = std::chrono::milliseconds(1234);
  request.run.options.switch_interval = std::chrono::microseconds(77);
  request.run.options.collect_cycles = false;
  request.run.options.naive_lock_order = true;
  request.run.options.collect_every_checkpoints = 5;
  const EngineRequest back = request_from(sent(to_json(request)));
  EXPECT_EQ(to_json(back), to_json(request));
  EXPECT_EQ(back.run.timeout, request.run.timeout);
  EXPECT_EQ(back.run.options.switch_interval, request.run.options.switch_interval);
  EXPECT_FALSE(back.run.options.collect_cycles);
}

TEST(EngineMessages, AReplyComesOutAsItWentIn) {
  EngineReply reply;
  reply.result.status = RunStatus::kWrongAnswer;
  reply.result.message = "two\nlines";
  reply.result.answer = "'\xc3\xa4'";
  reply.result.leaked_objects = 7;
  reply.sample.seconds = 0.1 + 0.2;
  reply.sample.peak_rss_bytes = std::numeric_limits<std::int64_t>::max();
  reply.sample.metrics = {{"nan", std::nan("")},
                          {"inf", std::numeric_limits<double>::infinity()},
                          {"low", -std::numeric_limits<double>::infinity()},
                          {"one", 1}};
  reply.sample.shown.counters = {{"x", 2.5}};
  const EngineReply back = reply_from(sent(to_json(reply)));
  EXPECT_EQ(to_json(back), to_json(reply));
  EXPECT_EQ(back.result.status, RunStatus::kWrongAnswer);
  EXPECT_EQ(back.sample.seconds, reply.sample.seconds);
  EXPECT_TRUE(std::isnan(back.sample.metrics.at("nan")));
  EXPECT_EQ(back.sample.metrics.at("low"), -std::numeric_limits<double>::infinity());
}

TEST(EngineMessages, KeysThatAreMissingHaveDefaultsAndUnknownOnesArePassedOver) {
  const EngineRequest request = request_from({{"strategy", "x"}, {"of_a_later_build", 1}});
  EXPECT_EQ(request.strategy, "x");
  EXPECT_EQ(request.run.workers, 1);
  EXPECT_TRUE(request.run.options.collect_cycles);
  const EngineReply reply =
      reply_from({{"status", "of a later build"}, {"sample", json::object()}});
  EXPECT_EQ(reply.result.status, RunStatus::kError);
  EXPECT_THROW(reply_from({{"status", 1}}), json::exception);
}

TEST(EngineMessages, BytesThatAreNoTextStillMakeAMessage) {
  const json message = sent({{"message", "\xff\xfe"}});
  EXPECT_EQ(message["message"], "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(EngineMessages, LongMessagesPassInPieces) {
  int ends[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  MessageSocket here{Descriptor(ends[0])};
  MessageSocket there{Descriptor(ends[1])};
  const json message = {{"text", std::string(3'000'000, 'x')}};
  here.queue(message);
  here.queue({{"second", true}});
  here.send_queued();
  EXPECT_TRUE(here.has_queued()) << "the socket takes all at once: the test shows nothing";
  std::thread reader([&] {
    EXPECT_EQ(there.receive(), message);
    EXPECT_EQ(there.receive(), (json{{"second", true}}));
  });
  while (here.has_queued()) {
    here.send_queued();
    std::this_thread::yield();
  }
  reader.join();
  there.close();
  EXPECT_FALSE(here.take_in());
}

}  // namespace
}  // namespace gilbench
