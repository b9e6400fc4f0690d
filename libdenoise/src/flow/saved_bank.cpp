#include <cmath>
#include <string>

#include "base/format.h"
#include "denoise/denoiser_bank.h"
#include "denoise/error.h"

namespace denoise {
namespace {

constexpr double kSame = 1e-9;  // relative: levels and points are written and computed anew

[[noreturn]] void refuse(std::initializer_list<Word> parts) {
  throw Error("flow.bank", phrase(parts));
}

const char* called(NoiseModel model) {
  return model == NoiseModel::kBalls ? "noise in balls" : "Gaussian noise";
}

void check_points(const Matrix& trained, const CleanPoints& points) {
  if (trained.rows() != points.dimension() || trained.cols() != points.count()) {
    refuse({"The bank is of another data set: ", trained.cols(), " points in ", trained.rows(),
            " dimensions; here are ", points.count(), " in ", points.dimension(), "."});
  }
  for (Index n = 0; n < points.count(); ++n) {
    const double apart = (trained.col(n) - points.col(n)).norm();
    if (apart <= kSame * points.diameter()) continue;
    refuse({"The bank is of another data set: its clean point ", n + 1, " is ", apart,
            " from the one here."});
  }
}

}  // namespace

SavedBank saved(const CleanPoints& points, const BankOptions& options,
                const std::vector<TrainedLevel>& levels) {
  SavedBank bank;
  bank.points = points.matrix();
  bank.noise = options.noise.model;
  bank.alpha = options.alpha;
  bank.levels.resize(static_cast<Index>(levels.size()));
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (!levels[i].trained) {
      refuse({"There is no network at noise level ", levels[i].level, ": ", levels[i].reason});
    }
    bank.levels(static_cast<Index>(i)) = levels[i].level;
    bank.networks.push_back(levels[i].network);
  }
  return bank;
}

void check_bank_is_of(const SavedBank& bank, const CleanPoints& points, const Noise& noise,
                      double alpha, const Vector& levels) {
  check_points(bank.points, points);
  if (bank.noise != noise.model) {
    refuse({"The bank was trained with ", called(bank.noise), ", and this experiment has ",
            called(noise.model), "."});
  }
  if (noise.model == NoiseModel::kBalls && !(std::abs(bank.alpha - alpha) <= kSame * alpha)) {
    refuse({"The bank's alpha, rho over sigma, is ", bank.alpha, "; the flow's is ", alpha, "."});
  }
  if (bank.levels.size() != levels.size()) {
    refuse(
        {"The bank has ", bank.levels.size(), " noise levels, the schedule ", levels.size(), "."});
  }
  for (Index i = 0; i < levels.size(); ++i) {
    if (std::abs(bank.levels(i) - levels(i)) <= kSame * levels(i)) continue;
    refuse({"Level ", i + 1, " of the bank is ", bank.levels(i), ", that of the schedule ",
            levels(i), "."});
  }
}

}  // namespace denoise
