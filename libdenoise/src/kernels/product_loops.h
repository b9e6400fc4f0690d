/// @file
/// Matrix products over one block of samples for five dimensions and more, with bias, ReLU and its
/// derivative applied while results are in registers. See lanes.h about linkage.
///
/// Noisy samples lie in balls, and about half of the neurons are idle on all samples of a ball. So
/// samples are taken by groups, and of the five products that a step needs only the first, which
/// gives the hidden values, is of all neurons: the others are of those that are active somewhere in
/// the group. What they leave out is zero.
#pragma once

#include "kernels/lanes.h"

namespace denoise {
namespace {

#if defined(__AVX2__)
constexpr Index kPanelVectors = 3;
#else
constexpr Index kPanelVectors = 2;  // four rows of these leave registers for the factors
#endif
constexpr Index kPanel = kPanelVectors * kWidth;
constexpr Index kInner = 128;  // rows of a panel that stay in the fastest cache
constexpr Index kStrip = 96;   // neurons whose numbers stay in the next one
constexpr Index kGroup = kPanel > 24 ? kPanel : 24;  // samples, in whole panels
constexpr Index kRowsTogether = 8;                   // at most, in one tile

Index least(Index a, Index b) { return a < b ? a : b; }
Index round_up(Index n, Index unit) { return (n + unit - 1) / unit * unit; }

/// Some rows, in ascending order: of neurons or of coordinates. The last is repeated up to a
/// multiple of kRowsTogether.
struct Rows {
  const std::int32_t* at;
  Index count;
};

/// One term of a product's sums: the offsets of its numbers in a row of the left factor, and of its
/// row in a panel of the right one.
struct Term {
  std::int32_t left, right;
};

struct Terms {
  const Term* at;
  Index count;
};

/// The left factor of a product: row i begins at data + i * row.
struct Left {
  const float* data;
  Index row;
};

/// The right factor: panels of kPanel columns, `panel` numbers apart.
struct Right {
  const float* data;
  Index panel;
};

enum class Start { kZero, kBias, kAdd };     // from 0, bias[i], what is there
enum class Finish { kStore, kRelu, kMask };  // mask: 0 where `hidden` isn't positive

/// The result: number (i, j) is at data[i * row + j].
struct Result {
  float* data;
  Index row;
  const float* bias = nullptr;
  const float* hidden = nullptr;  // number (i, j) is at hidden[i * hidden_row + j]
  Index hidden_row = 0;
};

template <int kValue>
struct Constant {
  constexpr operator int() const { return kValue; }
};

/// use(0), ..., use(kCount - 1) with constants, so that what they index stays in registers.
template <int kCount, int kFirst = 0, typename Use>
inline __attribute__((always_inline)) void unrolled(Use use) {
  if constexpr (kFirst < kCount) {
    use(Constant<kFirst>{});
    unrolled<kCount, kFirst + 1>(use);
  }
}

/// One panel of the result, of C vectors. R rows at a time: the last of them may repeat one, which
/// does no harm, as all are read before any is written.
template <Start kStart, Finish kFinish, int C>
void panel(Rows rows, Terms terms, Left left, const float* right, const Result& result, Index j) {
  // Eight sums at least, to hide their latency; AVX-512 has registers for twice as many.
  constexpr int R = C == 1 || kWidth == 16 ? 8 : 4;
  static_assert(kRowsTogether % R == 0);
  const Term* const end = terms.at + terms.count;
  for (Index i = 0; i < rows.count; i += R) {
    const std::int32_t* const row = rows.at + i;
    const float* from[R];
    float* to[R];
    Lanes sums[R][C];
    unrolled<R>([&](auto r) {
      from[r] = left.data + row[r] * left.row;
      to[r] = result.data + row[r] * result.row + j;
      unrolled<C>([&](auto c) {
        sums[r][c] = Lanes{};
        if (kStart == Start::kAdd) sums[r][c] = load(to[r] + c * kWidth);
        if (kStart == Start::kBias) sums[r][c] = broadcast(result.bias[row[r]]);
      });
    });
    if (kStart == Start::kAdd && i + R < rows.count) {
      unrolled<R>([&](auto r) {  // rows far apart, which the machine would not foresee
        const float* next = result.data + row[R + r] * result.row + j;
        __builtin_prefetch(next, 1);
        __builtin_prefetch(next + C * kWidth - 1, 1);
      });
    }
#pragma GCC unroll 2
    for (const Term* term = terms.at; term != end; ++term) {
      const float* const factor_row = right + term->right;
      Lanes factors[C];
      unrolled<C>([&](auto c) { factors[c] = load(factor_row + c * kWidth); });
      unrolled<R>([&](auto r) {
        const Lanes factor = broadcast(from[r][term->left]);
        unrolled<C>([&](auto c) { sums[r][c] = factor * factors[c] + sums[r][c]; });
      });
    }
    unrolled<R>([&](auto r) {
      unrolled<C>([&](auto c) {
        Lanes value = sums[r][c];
        if (kFinish == Finish::kRelu) value = relu(value);
        if (kFinish == Finish::kMask) {
          const float* hidden = result.hidden + row[r] * result.hidden_row + j;
          value = where_positive(load(hidden + c * kWidth), value);
        }
        store(to[r] + c * kWidth, value);
      });
    });
  }
}

/// result (rows x columns) = start + left (rows x terms) * right (terms x columns).
///
/// Columns are rounded up to whole vectors. The right factor must be zero in those past the end;
/// where the result's rows follow one another, they then reach into the next row and leave its
/// numbers as they are: a tile reads all before it writes, and writes its rows in their order.
template <Start kStart, Finish kFinish>
void multiply_terms(Rows rows, Terms terms, Index columns, Left left, Right right,
                    const Result& result) {
  const Index vectors = (columns + kWidth - 1) / kWidth;
  const float* b = right.data;
  for (Index v = 0; v < vectors; v += kPanelVectors, b += right.panel) {
    switch (vectors - v) {
      case 1:
        panel<kStart, kFinish, 1>(rows, terms, left, b, result, v * kWidth);
        break;
      case 2:
        panel<kStart, kFinish, 2>(rows, terms, left, b, result, v * kWidth);
        break;
      default:
        panel<kStart, kFinish, kPanelVectors>(rows, terms, left, b, result, v * kWidth);
    }
  }
}

/// The terms of `count` numbers that follow one another in the left factor, the right one's rows
/// `right_row` apart.
struct Sequence {
  Term at[kInner];

  Sequence(Index count, Index right_row) {
    for (Index p = 0; p < count; ++p) {
      at[p] = {static_cast<std::int32_t>(p), static_cast<std::int32_t>(p * right_row)};
    }
  }
};

/// The same product of `inner` terms in sequence, however many.
template <Start kStart, Finish kFinish>
void multiply(Rows rows, Index inner, Index columns, Left left, Right right, Index right_row,
              const Result& result) {
  const Sequence sequence(least(inner, kInner), right_row);
  const auto part = [&](auto product, Index first) {
    const Index count = least(inner - first, kInner);
    product(rows, Terms{sequence.at, count}, columns, Left{left.data + first, left.row},
            Right{right.data + first * right_row, right.panel}, result);
  };
  if (inner <= kInner) return part(multiply_terms<kStart, kFinish>, 0);
  part(multiply_terms<kStart, Finish::kStore>, 0);
  Index first = kInner;
  for (; first + kInner < inner; first += kInner) {
    part(multiply_terms<Start::kAdd, Finish::kStore>, first);
  }
  part(multiply_terms<Start::kAdd, kFinish>, first);
}

/// Writes the transpose of d rows of n as the panels of a right factor, kPanel numbers in each row.
Right transposed(const float* rows, Index d, Index n, float* panels) {
  const Index padded = round_up(d, kWidth);
  for (Index i = 0; i < padded; ++i) {
    float* to = panels + i / kPanel * kPanel * n + i % kPanel;
    for (Index j = 0; j < n; ++j) to[j * kPanel] = i < d ? rows[i * n + j] : 0.0f;
  }
  return {panels, kPanel * n};
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

/// Calls use(first, strip) for each strip of so many rows; in it they are numbered from 0.
template <typename Use>
void for_strips(Index rows, Use use) {
  for (Index first = 0; first < rows; first += kStrip) {
    const Index count = least(rows - first, kStrip);
    std::int32_t at[kStrip];
    for (Index i = 0; i < round_up(count, kRowsTogether); ++i) {
      at[i] = static_cast<std::int32_t>(least(i, count - 1));
    }
    use(first, Rows{at, count});
  }
}

/// The neurons of a strip that are active on some sample of a group.
struct Active {
  std::int32_t at[kStrip];
  Index count = 0;

  /// `hidden`: the group's hidden values of the strip's first neuron; the others follow, `row`
  /// apart.
  Active(Index neurons, const float* hidden, Index row, Index samples) {
    for (Index k = 0; k < neurons; ++k, hidden += row) {
      Lanes total{};
      for (Index t = 0; t < samples; t += kWidth) total += load(hidden + t);
      at[count] = static_cast<std::int32_t>(k);
      count += positive_bits(total) != 0;
    }
    for (Index i = count; i < round_up(count, kRowsTogether); ++i) at[i] = at[count - 1];
  }
  operator Rows() const { return {at, count}; }
};

struct ProductLoops {
  static Index work_size(Index d, Index n) { return 2 * round_up(d, kPanel) * n + kStrip * kGroup; }

  /// Leaves the hidden values, K x n, in `hidden`.
  static void residuals(Index d, Index K, const float* theta, const float* y, const float* x,
                        Index n, float* hidden, float* r) {
    const float* a = theta + K * d;
    const float* b = a + K * d;
    const float* v = b + K;
    const float* c = v + d * d;
    for (Index i = 0; i < d; ++i) {
      for (Index t = 0; t < n; t += kWidth) {
        store(r + i * n + t, broadcast(c[i]) - load(x + i * n + t));
      }
    }
    for_strips(d, [&](Index i, Rows rows) {
      multiply<Start::kAdd, Finish::kStore>(rows, d, n, {v + i * d, d}, {y, kPanel}, n,
                                            {r + i * n, n});
    });
    for_strips(K, [&](Index k, Rows neurons) {
      fetch(theta + k * d, neurons.count * d);
      fetch(a + k * d, neurons.count * d);
      for (Index t = 0; t < n; t += kGroup) {
        const Index samples = least(n - t, kGroup);
        float* h = hidden + k * n + t;
        multiply<Start::kBias, Finish::kRelu>(neurons, d, samples, {theta + k * d, d},
                                              {y + t, kPanel}, n, {h, n, b + k});
        const Active active(neurons.count, h, n, samples);
        Term terms[kStrip];
        for (Index p = 0; p < active.count; ++p) {
          const auto neuron = static_cast<Index>(active.at[p]);
          terms[p] = {static_cast<std::int32_t>(neuron * d), static_cast<std::int32_t>(neuron * n)};
        }
        for_strips(d, [&](Index i, Rows rows) {
          multiply_terms<Start::kAdd, Finish::kStore>(rows, {terms, active.count}, samples,
                                                      {a + k * d + i, 1}, {h, kPanel},
                                                      {r + i * n + t, n});
        });
      }
    });
  }

  /// `hidden` is that of the last residuals(); `work` holds work_size(d, n) numbers.
  static void accumulate(Index d, Index K, const float* theta, const float* y, const float* g,
                         Index n, const float* hidden, float* work, float* gradient) {
    const float* a = theta + K * d;
    float* of_a = gradient + K * d;
    float* of_b = of_a + K * d;
    float* of_v = of_b + K;
    float* of_c = of_v + d * d;
    const Index columns = round_up(d, kPanel);
    const Right y_of = transposed(y, d, n, work);
    const Right g_of = transposed(g, d, n, work + columns * n);
    float* back = work + 2 * columns * n;  // kStrip x kGroup
    for_strips(K, [&](Index k, Rows neurons) {
      fetch(a + k * d, neurons.count * d);
      fetch(gradient + k * d, neurons.count * d);
      fetch(of_a + k * d, neurons.count * d);
      for (Index t = 0; t < n; t += kGroup) {
        const Index samples = least(n - t, kGroup);
        const float* h = hidden + k * n + t;
        const Active active(neurons.count, h, n, samples);
        multiply<Start::kZero, Finish::kMask>(active, d, samples, {a + k * d, d}, {g + t, kPanel},
                                              n, {back, kGroup, nullptr, h, n});
        for (Index p = 0; p < active.count; ++p) {
          of_b[k + active.at[p]] += row_sum(back + active.at[p] * kGroup, samples);
        }
        const Right y_here{y_of.data + t * kPanel, y_of.panel};
        const Right g_here{g_of.data + t * kPanel, g_of.panel};
        multiply<Start::kAdd, Finish::kStore>(active, samples, d, {back, kGroup}, y_here, kPanel,
                                              {gradient + k * d, d});
        multiply<Start::kAdd, Finish::kStore>(active, samples, d, {h, n}, g_here, kPanel,
                                              {of_a + k * d, d});
      }
    });
    for_strips(d, [&](Index i, Rows rows) {
      multiply<Start::kAdd, Finish::kStore>(rows, n, d, {g + i * n, n}, y_of, kPanel,
                                            {of_v + i * d, d});
    });
    for (Index i = 0; i < d; ++i) of_c[i] += row_sum(g + i * n, n);
  }
};

}  // namespace
}  // namespace denoise
