/// @file
/// The risk of a denoiser f at noise level sigma for a prior p of clean signals,
///
///     E |f(x + sigma eps) - x|^2,   x ~ p, eps standard normal,
///
/// by quadrature in one dimension and by Monte Carlo in more.
///
/// Theorem (Zeno et al. 2023, generalisation), in one dimension: if the prior has mass strictly
/// between neighbouring clean points, then for all small enough sigma the risk of the minimum-cost
/// denoiser is below that of the empirical MMSE estimator.
///
/// Source: Zeno et al. 2023 (better than the empirical MMSE estimator at low noise);
/// docs/theory.md, section 6. Quadrature: Gauss and Legendre's rule on panels that are halved where
/// it is not yet exact.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "denoise/matrix.h"
#include "denoise/progress.h"
#include "denoise/shallow_relu_network.h"

namespace denoise {

/// Which distribution the clean signals have.
enum class PriorKind {
  kPoints,    ///< the clean points, equally likely
  kSegments,  ///< uniform by length on the segments between all pairs of clean points; in one
              ///< dimension uniform between the least and the greatest
  kHull,      ///< uniform on the convex hull of affinely independent points
  kGaussianMixture,  ///< a normal of standard deviation `spread` about each clean point
};

/// "points", "segments", "hull", "gaussian-mixture".
std::string name(PriorKind kind);

/// A distribution of clean signals.
struct Prior {
  PriorKind kind = PriorKind::kSegments;  ///< the distribution's shape
  Matrix points;      ///< d x N, N >= 1; at least two distinct ones for segments and hull
  double spread = 0;  ///< of kGaussianMixture, > 0, in the data's units
};

/// Refuses, at "risk.prior" or "risk.spread", a prior that its points or spread do not define.
void check_prior(const Prior& prior);

/// Refuses, at `where`, a noise level below 1e-9 of the points' greatest coordinate: the points of
/// the quadrature would be lost in rounding. Levels are from 1e-150 to 1e150.
void check_risk_level(const Prior& prior, double level, const std::string& where);

/// Where a function of one number is not smooth, or turns so fast that a quadrature must be told.
struct Turn {
  double at;         ///< the place
  double width = 0;  ///< the length within which it turns; 0: a knot
};

/// A denoiser as the risk sees it.
struct RiskDenoiser {
  std::function<Matrix(const Matrix&)> values;  ///< d x n points -> d x n values
  std::vector<Turn> turns;                      ///< all, in one dimension; for the quadrature
};

/// A network, with its knots in one dimension.
RiskDenoiser risk_denoiser(const ShallowReluNetwork& network);

/// empirical_mmse() of these points at this level. In one dimension it turns from one point to the
/// next at their midpoint, within sigma^2 over their gap, which may be far less than sigma.
RiskDenoiser empirical_mmse_denoiser(const Matrix& clean, double level);

/// exact_mmse() of this prior at this level.
RiskDenoiser exact_mmse_denoiser(const Prior& prior, double level);

/// A risk, in squared units of the data.
struct Risk {
  double value = 0;       ///< the estimate
  double half_width = 0;  ///< of the 95% interval; 0 for quadrature
  Index draws = 0;        ///< Monte Carlo: how many there were
};

/// How Monte Carlo draws.
struct RiskOptions {
  static constexpr Index kMostDraws = 10'000'000;  ///< bound of `draws`
  Index draws = 20'000;                            ///< Monte Carlo, 2 .. 10,000,000
  std::uint64_t seed = 1;                          ///< Monte Carlo
};

/// The risks of several denoisers, by quadrature in one dimension (about 10 digits for functions
/// that are smooth between their turns), else over one set of draws common to all of them.
/// @param level sigma, see check_risk_level()
/// @param go_on with the draws done, or by quadrature the denoisers done. When it answers false,
///              Monte Carlo gives the risks of the draws done; a risk of which there is nothing yet
///              (fewer than two draws, a quadrature part done) is NaN.
std::vector<Risk> risk(const std::vector<RiskDenoiser>& denoisers, const Prior& prior, double level,
                       const RiskOptions& options = {}, const GoOn& go_on = {});

/// A risk of risk() in one dimension, in parts of some thousand values of the denoiser.
class RiskQuadrature {
 public:
  /// @param prior of points of one number @param level see check_risk_level()
  RiskQuadrature(RiskDenoiser denoiser, Prior prior, double level);
  bool advance();                          ///< whether there is more to do
  double value() const { return value_; }  ///< once there is not

 private:
  struct Panel {
    double low, high;
    double integral;
  };
  void integrate_some();
  void settle();

  RiskDenoiser denoiser_;
  Prior prior_;
  double level_;
  std::vector<Panel> panels_;  ///< being integrated: the halves of `wholes_`, at first all
  std::vector<Panel> wholes_;
  std::size_t done_ = 0;  ///< of the panels
  int halvings_ = 0;
  double total_ = 0;  ///< by the first panels
  double value_ = 0;
};

/// The estimator of least risk, E[x | y], in closed form. For points x_n (s = 0) and for normals of
/// standard deviation s about them, in any dimension,
///
///     sum_n pi_n(y) (x_n + s^2 / (s^2 + sigma^2) (y - x_n)),
///
/// with pi_n the posterior weights of empirical_mmse() at the level sqrt(s^2 + sigma^2). For the
/// uniform prior on [l, u] in one dimension, with phi and Phi the normal density and distribution,
///
///     y + sigma (phi(a) - phi(b)) / (Phi(b) - Phi(a)),   a = (l - y)/sigma,  b = (u - y)/sigma.
///
/// @param points d x n
/// @return d x n
/// @throws Error at "risk.prior" for segments and hulls in more than one dimension.
Matrix exact_mmse(const Prior& prior, double level, const Matrix& points);

}  // namespace denoise
