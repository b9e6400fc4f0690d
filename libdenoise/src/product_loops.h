/// @file
/// Matrix products over one block of samples for five dimensions and more, with bias, ReLU and its
/// derivative applied while results are in registers. See lanes.h about linkage.
#pragma once

#include "lanes.h"

namespace denoise {
namespace {

/// The left factor of a product: number (i, p) is at data[i * row + p * inner].
struct Left {
  const float* data;
  Index row, inner;
};

/// The right factor: panels of kPanel columns, `panel` numbers apart, rows `row` apart in a panel.
struct Right {
  const float* data;
  Index panel, row;
};

enum class Start { kZero, kBias, kAdd };     // from 0, bias[i], what is there
enum class Finish { kStore, kRelu, kMask };  // mask: 0 where `hidden` isn't positive

/// The result: number (i, j) is at data[i * row + j].
struct Result {
  float* data;
  Index row;
  Start start;
  Finish finish;
  const float* bias = nullptr;
  const float* hidden = nullptr;  // laid out as the result
};

#if defined(__AVX2__)
constexpr Index kPanelVectors = 3;
#else
constexpr Index kPanelVectors = 2;  // four rows of these leave registers for the factors
#endif
constexpr Index kPanel = kPanelVectors * kWidth;
constexpr Index kInner = 128;  // rows of a panel that stay in the fastest cache
constexpr Index kStrip = 48;   // neurons whose hidden values stay there too

/// R rows x C vectors of the result, over `inner` rows of the right factor.
template <int R, int C>
void tile(Index inner, Left left, const float* right, Index right_row, const Result& result,
          Index i, Index j) {
  Lanes sums[R][C];
  float* out = result.data + i * result.row + j;
  for (int r = 0; r < R; ++r) {
    for (int c = 0; c < C; ++c) {
      sums[r][c] = result.start == Start::kAdd    ? load(out + r * result.row + c * kWidth)
                   : result.start == Start::kBias ? broadcast(result.bias[i + r])
                                                  : Lanes{};
    }
  }
  const float* at = left.data + i * left.row;
  for (Index p = 0; p < inner; ++p) {
    Lanes factors[C];
    for (int c = 0; c < C; ++c) factors[c] = load(right + c * kWidth);
    for (int r = 0; r < R; ++r) {
      const Lanes factor = broadcast(at[r * left.row]);
      for (int c = 0; c < C; ++c) sums[r][c] = factor * factors[c] + sums[r][c];
    }
    at += left.inner;
    right += right_row;
  }
  for (int r = 0; r < R; ++r) {
    for (int c = 0; c < C; ++c) {
      Lanes value = sums[r][c];
      if (result.finish == Finish::kRelu) value = relu(value);
      if (result.finish == Finish::kMask) {
        const float* hidden = result.hidden + (i + r) * result.row + j;
        value = where_positive(load(hidden + c * kWidth), value);
      }
      store(out + r * result.row + c * kWidth, value);
    }
  }
}

/// All rows of one panel, of C vectors.
template <int C>
void panel(Index rows, Index inner, const Left& left, const float* right, Index right_row,
           const Result& result, Index j) {
  constexpr int R = C == 1 ? 8 : 4;  // eight sums at least, to hide their latency
  Index i = 0;
  for (; i + R <= rows; i += R) {
    if (result.start == Start::kAdd && i + 2 * R <= rows) {
      for (int r = R; r < 2 * R; ++r) {  // rows far apart, which the machine would not foresee
        const float* next = result.data + (i + r) * result.row + j;
        __builtin_prefetch(next, 1);
        __builtin_prefetch(next + C * kWidth - 1, 1);
      }
    }
    tile<R, C>(inner, left, right, right_row, result, i, j);
  }
  for (; i < rows; ++i) tile<1, C>(inner, left, right, right_row, result, i, j);
}

/// result (rows x columns) = start + left (rows x inner) * right (inner x columns).
///
/// Columns are rounded up to whole vectors. The right factor must be zero in those past the end;
/// where the result's rows follow one another, they then reach into the next row and leave its
/// numbers as they are: a tile reads all before it writes, and writes its rows in their order.
void multiply(Index rows, Index inner, Index columns, Left left, Right right, Result result) {
  const Start start = result.start;
  const Finish finish = result.finish;
  const Index vectors = (columns + kWidth - 1) / kWidth;
  for (Index p = 0; p < inner; p += kInner) {
    const Index count = inner - p < kInner ? inner - p : kInner;
    result.start = p == 0 ? start : Start::kAdd;
    result.finish = p + count == inner ? finish : Finish::kStore;
    const Left part{left.data + p * left.inner, left.row, left.inner};
    const float* b = right.data + p * right.row;
    for (Index v = 0; v < vectors; v += kPanelVectors, b += right.panel) {
      switch (vectors - v) {
        case 1:
          panel<1>(rows, count, part, b, right.row, result, v * kWidth);
          break;
        case 2:
          panel<2>(rows, count, part, b, right.row, result, v * kWidth);
          break;
        default:
          panel<kPanelVectors>(rows, count, part, b, right.row, result, v * kWidth);
      }
    }
  }
}

/// Writes the transpose of d rows of n as the panels of a right factor, each row of them d Index.
Right transposed(const float* rows, Index d, Index n, float* panels) {
  const Index padded = (d + kWidth - 1) / kWidth * kWidth;
  for (Index i = 0; i < padded; ++i) {
    float* to = panels + i / kPanel * kPanel * n + i % kPanel;
    for (Index j = 0; j < n; ++j) to[j * kPanel] = i < d ? rows[i * n + j] : 0.0f;
  }
  return {panels, kPanel * n, kPanel};
}

/// Brings `count` numbers that will be read out of order near.
void fetch(const float* from, Index count) {
  constexpr Index kLine = 16;
  for (Index i = 0; i < count; i += kLine) __builtin_prefetch(from + i, 0, 2);
}

float row_sum(const float* row, Index n) {
  Lanes total{};
  for (Index t = 0; t < n; t += kWidth) total += load(row + t);
  return sum(total);
}

Index panel_columns(Index d) { return (d + kPanel - 1) / kPanel * kPanel; }

struct ProductLoops {
  static Index work_size(Index d, Index n) { return (2 * panel_columns(d) + kStrip) * n; }

  /// Leaves the hidden values, K x n, in `hidden`.
  static void residuals(Index d, Index K, const float* theta, const float* y, const float* x,
                        Index n, float* hidden, float* r) {
    const float* a = theta + K * d;
    const float* b = a + K * d;
    const float* v = b + K;
    const float* c = v + d * d;
    const Right samples{y, kPanel, n};
    for (Index i = 0; i < d; ++i) {
      for (Index t = 0; t < n; t += kWidth) {
        store(r + i * n + t, broadcast(c[i]) - load(x + i * n + t));
      }
    }
    multiply(d, d, n, {v, d, 1}, samples, {r, n, Start::kAdd, Finish::kStore});
    for (Index k = 0; k < K; k += kStrip) {
      const Index rows = K - k < kStrip ? K - k : kStrip;
      float* h = hidden + k * n;
      fetch(theta + k * d, rows * d);
      fetch(a + k * d, rows * d);
      multiply(rows, d, n, {theta + k * d, d, 1}, samples,
               {h, n, Start::kBias, Finish::kRelu, b + k});
      multiply(d, rows, n, {a + k * d, 1, d}, {h, kPanel, n}, {r, n, Start::kAdd, Finish::kStore});
    }
  }

  /// `hidden` is that of the last residuals(); `work` holds work_size(d, n) numbers.
  static void accumulate(Index d, Index K, const float* theta, const float* y, const float* g,
                         Index n, const float* hidden, float* work, float* gradient) {
    const float* a = theta + K * d;
    float* of_a = gradient + K * d;
    float* of_b = of_a + K * d;
    float* of_v = of_b + K;
    float* of_c = of_v + d * d;
    const Index columns = panel_columns(d);
    const Right samples = transposed(y, d, n, work);
    const Right outputs = transposed(g, d, n, work + columns * n);
    float* back = work + 2 * columns * n;  // kStrip x n
    for (Index k = 0; k < K; k += kStrip) {
      const Index rows = K - k < kStrip ? K - k : kStrip;
      const float* h = hidden + k * n;
      fetch(a + k * d, rows * d);
      fetch(gradient + k * d, rows * d);
      fetch(of_a + k * d, rows * d);
      multiply(rows, d, n, {a + k * d, d, 1}, {g, kPanel, n},
               {back, n, Start::kZero, Finish::kMask, nullptr, h});
      for (Index i = 0; i < rows; ++i) of_b[k + i] += row_sum(back + i * n, n);
      multiply(rows, n, d, {back, n, 1}, samples,
               {gradient + k * d, d, Start::kAdd, Finish::kStore});
      multiply(rows, n, d, {h, n, 1}, outputs, {of_a + k * d, d, Start::kAdd, Finish::kStore});
    }
    multiply(d, n, d, {g, n, 1}, samples, {of_v, d, Start::kAdd, Finish::kStore});
    for (Index i = 0; i < d; ++i) of_c[i] += row_sum(g + i * n, n);
  }
};

}  // namespace
}  // namespace denoise
