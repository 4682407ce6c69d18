// Small tables as text and as Markdown.
#include "bench/estimator/table.h"

#include <gtest/gtest.h>

namespace gilbench::estimator {
namespace {

const Table kTable{{"name", "ratio"}, {"a", "1.25"}, {"a longer one", "x|y"}};

TEST(Table, AsTextHasNamesToTheLeftAndNumbersToTheRight) {
  EXPECT_EQ(text_of(kTable),
            "  name          ratio\n"
            "  a              1.25\n"
            "  a longer one    x|y\n");
}

TEST(Table, AsMarkdownEscapesWhatWouldEndACell) {
  EXPECT_EQ(markdown_of(kTable),
            "| name | ratio |\n"
            "|---|---:|\n"
            "| a | 1.25 |\n"
            "| a longer one | x\\|y |\n");
}

}  // namespace
}  // namespace gilbench::estimator
