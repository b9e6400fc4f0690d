/// @file
/// Where a network's numbers lie in the one float vector that training works on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

#include "denoise/matrix.h"

namespace denoise {

/// Offsets into theta = (W, A, b, V, c): w_k and a_k are contiguous (d numbers each), V is row by
/// row. The penalised numbers, W and A, come first.
struct Parameters {
  Index d = 0;  ///< dimension
  Index K = 0;  ///< width

  Index w(Index k = 0) const { return k * d; }
  Index a(Index k = 0) const { return (K + k) * d; }
  Index b(Index k = 0) const { return 2 * K * d + k; }
  Index v() const { return 2 * K * d + K; }
  Index c() const { return v() + d * d; }
  Index penalised() const { return 2 * K * d; }
  Index size() const { return c() + d; }
};

/// Floats that begin a cache line, so that vectors of eight never straddle two: loops over long
/// arrays take up to a twentieth less. (Eigen's own arrays begin anywhere divisible by 16 bytes.)
class FloatArray : public Eigen::Map<Eigen::ArrayXf> {
  using Base = Eigen::Map<Eigen::ArrayXf>;

 public:
  FloatArray() : Base(nullptr, 0) {}
  explicit FloatArray(Index size) : FloatArray() { resize(size); }
  FloatArray(const FloatArray& other) : FloatArray() { *this = other; }
  FloatArray(FloatArray&& other) noexcept : FloatArray() { swap(other); }
  template <typename Expression>
  FloatArray(const Eigen::ArrayBase<Expression>& values) : FloatArray() {
    *this = values;
  }
  ~FloatArray() = default;

  FloatArray& operator=(const FloatArray& other) {
    return *this = static_cast<const Eigen::ArrayBase<Base>&>(other);
  }
  FloatArray& operator=(FloatArray&& other) noexcept {
    swap(other);
    return *this;
  }
  template <typename Expression>
  FloatArray& operator=(const Eigen::ArrayBase<Expression>& values) {
    resize(values.size());
    Base::operator=(values.derived());
    return *this;
  }

  /// A new size takes new numbers, of any value.
  void resize(Index size) {
    if (size == this->size()) return;
    storage_.resize(size + kLine - 1);
    const auto past = static_cast<Index>(reinterpret_cast<std::uintptr_t>(storage_.data()) /
                                         sizeof(float) % kLine);
    view(storage_.data() + (kLine - past) % kLine, size);
  }
  using Base::setZero;
  void setZero(Index size) {
    resize(size);
    setZero();
  }
  void swap(FloatArray& other) noexcept {
    storage_.swap(other.storage_);
    float* const values = data();
    const Index count = size();
    view(other.data(), other.size());
    other.view(values, count);
  }

 private:
  static constexpr Index kLine = 16;

  void view(float* values, Index count) { new (static_cast<Base*>(this)) Base(values, count); }

  Eigen::ArrayXf storage_;
};

}  // namespace denoise
