// Matrix products over one block of samples with vectorised passes between them.
#include <algorithm>

#include "step_kernel.h"

namespace denoise {
namespace {

using Columns = Eigen::MatrixXf;  // one w_k or a_k per column
using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using ConstColumns = Eigen::Map<const Columns>;
using ConstRows = Eigen::Map<const Rows>;

class DenseKernel final : public StepKernel {
 public:
  explicit DenseKernel(const Parameters& parameters) : p_(parameters) {
    // 64 samples keep the hidden values of moderate widths in cache; fewer would cost throughput.
    constexpr Index kBlock = 64;
    hidden_.resize(p_.K, kBlock);
    back_.resize(p_.K, kBlock);
  }

  Index block() const override { return hidden_.cols(); }

  void residuals(const float* theta, const float* y, const float* x, Index n, float* r) override {
    const ConstRows ys(y, p_.d, n), xs(x, p_.d, n);
    Eigen::Map<Rows> rs(r, p_.d, n);
    Eigen::Map<Rows> hidden(hidden_.data(), p_.K, n);
    hidden.noalias() = ConstColumns(theta + p_.w(), p_.d, p_.K).transpose() * ys;
    for (Index k = 0; k < p_.K; ++k) {
      hidden.row(k).array() = (hidden.row(k).array() + theta[p_.b(k)]).max(0.0f);
    }
    for (Index i = 0; i < p_.d; ++i) rs.row(i).array() = theta[p_.c() + i] - xs.row(i).array();
    rs.noalias() += ConstColumns(theta + p_.a(), p_.d, p_.K) * hidden;
    rs.noalias() += ConstRows(theta + p_.v(), p_.d, p_.d) * ys;
  }

  void accumulate(const float* theta, const float* y, const float* g, Index n,
                  float* gradient) override {
    const ConstRows ys(y, p_.d, n), gs(g, p_.d, n);
    const ConstRows hidden(hidden_.data(), p_.K, n);
    Eigen::Map<Rows> back(back_.data(), p_.K, n);
    back.noalias() = ConstColumns(theta + p_.a(), p_.d, p_.K).transpose() * gs;
    for (Index k = 0; k < p_.K; ++k) {
      back.row(k).array() = (hidden.row(k).array() > 0.0f).select(back.row(k).array(), 0.0f);
      gradient[p_.b(k)] += back.row(k).sum();
    }
    Eigen::Map<Columns>(gradient + p_.w(), p_.d, p_.K).noalias() += ys * back.transpose();
    Eigen::Map<Columns>(gradient + p_.a(), p_.d, p_.K).noalias() += gs * hidden.transpose();
    Eigen::Map<Rows>(gradient + p_.v(), p_.d, p_.d).noalias() += gs * ys.transpose();
    for (Index i = 0; i < p_.d; ++i) gradient[p_.c() + i] += gs.row(i).sum();
  }

 private:
  Parameters p_;
  Rows hidden_, back_;  // K x block, of the block whose residuals were computed last
};

}  // namespace

std::unique_ptr<StepKernel> make_dense_kernel(const Parameters& parameters) {
  return std::make_unique<DenseKernel>(parameters);
}

}  // namespace denoise
