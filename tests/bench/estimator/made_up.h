// Sessions made up from known truths, with noise of several kinds.
#pragma once

#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "bench/estimator/session.h"

namespace gilbench::estimator::made_up {

using Random = std::mt19937_64;

inline constexpr int kBlocks = 10;  // as many as a run has by default

// The logarithm of what one repetition's time is multiplied by.
using Noise = std::function<double(Random&)>;

inline Noise normal(double deviation) {
  return [deviation](Random& random) {
    return std::normal_distribution<double>(0, deviation)(random);
  };
}

// Delays that are never negative, of lognormal length: most short, few long. `level`: their median,
// as a share of the time.
inline Noise skewed(double level) {
  return [level](Random& random) {
    return std::log1p(std::lognormal_distribution<double>(std::log(level), 0.8)(random));
  };
}

// One repetition in ten takes 1.05 to 1.3 times as long as it should.
inline Noise with_outliers() {
  return [quiet = normal(0.02)](Random& random) {
    const bool is_hit = std::uniform_real_distribution<double>(0, 1)(random) < 0.1;
    const double factor = std::uniform_real_distribution<double>(1.05, 1.3)(random);
    return quiet(random) + (is_hit ? std::log(factor) : 0);
  };
}

// What a process draws for all its life: one of three layouts of its memory.
inline double layout(Random& random) {
  static const std::vector<double> kLayouts{-0.05, 0, 0.08};
  std::discrete_distribution<std::size_t> draw{0.5, 0.35, 0.15};
  return kLayouts[draw(random)];
}

inline BlockLogs blocks(Random& random, const Noise& noise, int count = kBlocks, double mean = 0) {
  BlockLogs made;
  for (int block = 0; block < count; ++block) made[block] = mean + noise(random);
  return made;
}

inline Row row(const std::string& workload, const std::string& strategy, int workers,
               const std::vector<double>& seconds) {
  Row made;
  made.workload = workload;
  made.kind = workload.substr(0, workload.find('/'));
  made.strategy = strategy;
  made.workers = workers;
  for (const double each : seconds) {
    made.samples.push_back({static_cast<int>(made.samples.size()), each, ""});
  }
  if (seconds.empty()) made.no_time = "error: it failed";
  return made;
}

// Strategy -> how many times as long as its equals it takes.
using Truth = std::map<std::string, double>;

// Every workload under every strategy with one and two workers. Each block has a speed of its own,
// which is alike for all its rows.
inline Session session(Random& random, const std::vector<std::string>& workloads,
                       const Truth& strategies, const Noise& noise, int count = kBlocks) {
  Session made;
  made.machine.num_cpus = 2;
  const Noise machine = normal(0.15);
  for (const std::string& workload : workloads) {
    std::vector<double> speeds;
    for (int block = 0; block < count; ++block) speeds.push_back(std::exp(machine(random)));
    for (const auto& [strategy, factor] : strategies) {
      for (const int workers : {1, 2}) {
        std::vector<double> seconds;
        for (const double speed : speeds) {
          seconds.push_back(0.1 * speed * factor / workers * std::exp(noise(random)));
        }
        made.rows.push_back(row(workload, strategy, workers, seconds));
      }
    }
  }
  return made;
}

}  // namespace gilbench::estimator::made_up
