// A stable merge sort for keys with items: natural runs, short ones lengthened by binary insertion,
// merged by the sizes of the runs. After Tim Peters' listsort.txt (CPython, 2002), without
// galloping; for fewer than 64 elements it asks exactly the comparisons that CPython asks.
//
// Its own, because std::stable_sort may leave the array when the order is inconsistent (a NaN, a
// program's __lt__) and moves elements in and out of a buffer that an exception would lose.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace gilbench {

// less(a, b) may throw: then `data` holds some elements twice and others not at all.
template <class Element, class Less>
class MergeSort {
 public:
  MergeSort(Element* data, std::size_t size, Less less) : data_(data), size_(size), less_(less) {}

  void sort() {
    if (size_ < 2) return;
    const std::size_t shortest = shortest_run();
    for (std::size_t start = 0; start < size_;) {
      std::size_t length = natural_run(start);
      if (length < shortest) {
        const std::size_t wanted = std::min(shortest, size_ - start);
        insert(start, start + length, start + wanted);
        length = wanted;
      }
      runs_.push_back({start, length});
      start += length;
      collapse();
    }
    while (runs_.size() > 1) {
      std::size_t at = runs_.size() - 2;
      if (at > 0 && runs_[at - 1].length < runs_[at + 1].length) --at;
      merge_at(at);
    }
  }

 private:
  struct Run {
    std::size_t start;
    std::size_t length;
  };

  // 32 to 64, so that size / run is a power of two or a little less.
  std::size_t shortest_run() const {
    std::size_t n = size_;
    std::size_t odd = 0;
    while (n >= 64) {
      odd |= n & 1;
      n >>= 1;
    }
    return n + odd;
  }

  // The length of the run at `start`; a strictly falling one is turned round.
  std::size_t natural_run(std::size_t start) {
    std::size_t end = start + 1;
    if (end == size_) return 1;
    const bool falling = less_(data_[end], data_[end - 1]);
    ++end;
    while (end < size_ && less_(data_[end], data_[end - 1]) == falling) ++end;
    if (falling) std::reverse(data_ + start, data_ + end);
    return end - start;
  }

  // [start, sorted) is sorted; brings [sorted, end) in.
  void insert(std::size_t start, std::size_t sorted, std::size_t end) {
    for (; sorted < end; ++sorted) {
      const Element pivot = data_[sorted];
      std::size_t low = start;
      std::size_t high = sorted;
      while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (less_(pivot, data_[middle])) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      std::copy_backward(data_ + low, data_ + sorted, data_ + sorted + 1);
      data_[low] = pivot;
    }
  }

  // Keeps length[i-2] > length[i-1] + length[i] and length[i-1] > length[i] for the last runs.
  void collapse() {
    while (runs_.size() > 1) {
      std::size_t at = runs_.size() - 2;
      const auto length = [this](std::size_t i) { return runs_[i].length; };
      const bool too_long = (at > 0 && length(at - 1) <= length(at) + length(at + 1)) ||
                            (at > 1 && length(at - 2) <= length(at - 1) + length(at));
      if (too_long) {
        if (length(at - 1) < length(at + 1)) --at;
      } else if (length(at) > length(at + 1)) {
        return;
      }
      merge_at(at);
    }
  }

  void merge_at(std::size_t at) {
    const Run left = runs_[at];
    const Run right = runs_[at + 1];
    runs_[at].length += right.length;
    runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    Element* const begin = data_ + left.start;
    Element* const middle = data_ + right.start;
    Element* const end = middle + right.length;
    // What stands right already needs no moving: often all, when runs follow each other.
    Element* const first =
        std::partition_point(begin, middle, [&](const Element& e) { return !less_(*middle, e); });
    if (first == middle) return;
    Element* const last = std::partition_point(
        middle, end, [&](const Element& e) { return less_(e, *(middle - 1)); });
    if (middle - first <= last - middle) {
      merge_up(first, middle, last);
    } else {
      merge_down(first, middle, last);
    }
  }

  // The left run goes to the buffer; fills from the front.
  void merge_up(Element* first, Element* middle, Element* last) {
    buffer_.assign(first, middle);
    const Element* left = buffer_.data();
    const Element* const left_end = left + buffer_.size();
    const Element* right = middle;
    Element* to = first;
    while (left < left_end && right < last) *to++ = less_(*right, *left) ? *right++ : *left++;
    std::copy(left, left_end, to);
  }

  // The right run goes to the buffer; fills from the back.
  void merge_down(Element* first, Element* middle, Element* last) {
    buffer_.assign(middle, last);
    const Element* right = buffer_.data() + buffer_.size();
    Element* left = middle;
    Element* to = last;
    while (left > first && right > buffer_.data()) {
      *--to = less_(*(right - 1), *(left - 1)) ? *--left : *--right;
    }
    std::copy_backward(static_cast<const Element*>(buffer_.data()), right, to);
  }

  Element* data_;
  std::size_t size_;
  Less less_;
  std::vector<Run> runs_;
  std::vector<Element> buffer_;
};

template <class Element, class Less>
void merge_sort(Element* data, std::size_t size, Less less) {
  MergeSort<Element, Less>(data, size, less).sort();
}

}  // namespace gilbench
