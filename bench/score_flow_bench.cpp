// Follows the score flow of two networks of 12 neurons in the plane from 10,000 starts to r = 20:
// exactly, and by Boost.odeint's Dormand and Prince method at a tolerance. Prints a line of JSON
// for each: CPU milliseconds (the least of five runs; of Boost one, of every tenth start, times
// ten), the greatest distance between the ends of both ways, and the network with some starts and
// ends for other programs.
#include <algorithm>
#include <array>
#include <boost/numeric/odeint.hpp>
#include <cstdlib>
#include <ctime>
#include <iostream>

#include "denoise/closed_form.h"
#include "denoise/experiment.h"
#include "denoise/probability_flow.h"
#include "denoise/score_flow.h"

namespace {

using namespace denoise;

constexpr Index kStarts = 10'000;
constexpr Index kEvery = 10;  // of the starts for the slower ways
constexpr double kTime = 20;

double milliseconds(std::clock_t begun) {
  return 1e3 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
}

Matrix exact(const ShallowReluNetwork& network, const Matrix& starts, double length) {
  FlowOptions options;
  options.time = kTime;
  options.length = length;
  options.crossings = false;
  Matrix ends(2, starts.cols());
  for (Index i = 0; i < starts.cols(); ++i) {
    ends.col(i) = score_flow(network, starts.col(i), options).end();
  }
  return ends;
}

using State = std::array<double, 2>;

// The same by Boost, with the network in a loop of its own.
Matrix adaptive(const ShallowReluNetwork& network, const Matrix& starts, double tolerance) {
  namespace odeint = boost::numeric::odeint;
  const Eigen::Matrix<double, Eigen::Dynamic, 2> w = network.input_weights;
  const Eigen::Matrix<double, 2, Eigen::Dynamic> a = network.output_weights;
  Eigen::Matrix2d skip = Eigen::Matrix2d::Zero();
  if (network.skip.size() > 0) skip = network.skip;
  const auto rate = [&](const State& y, State& dy, double) {
    dy[0] = network.offset(0) + (skip(0, 0) - 1) * y[0] + skip(0, 1) * y[1];
    dy[1] = network.offset(1) + skip(1, 0) * y[0] + (skip(1, 1) - 1) * y[1];
    for (Index k = 0; k < w.rows(); ++k) {
      const double level = w(k, 0) * y[0] + w(k, 1) * y[1] + network.biases(k);
      if (level <= 0) continue;
      dy[0] += level * a(0, k);
      dy[1] += level * a(1, k);
    }
  };
  Matrix ends(2, starts.cols());
  for (Index i = 0; i < starts.cols(); ++i) {
    State y{starts(0, i), starts(1, i)};
    odeint::integrate_adaptive(
        odeint::make_controlled<odeint::runge_kutta_dopri5<State>>(tolerance, tolerance), rate, y,
        0.0, kTime, 0.01);
    ends.col(i) << y[0], y[1];
  }
  return ends;
}

void list(const Matrix& columns) {
  std::cout << "[";
  for (Index i = 0; i < columns.cols(); ++i) {
    std::cout << (i ? ", [" : "[") << columns(0, i) << ", " << columns(1, i) << "]";
  }
  std::cout << "]";
}

void measure(const char* name, const ShallowReluNetwork& network, const Matrix& points,
             double tolerance) {
  const Matrix starts = gaussian_starts(points.rowwise().mean(), 1.5, kStarts, 1);
  const double length = CleanPoints(points).diameter();
  double least = 1e300;
  Matrix ends;
  for (int run = 0; run < 5; ++run) {
    const std::clock_t begun = std::clock();
    ends = exact(network, starts, length);
    least = std::min(least, milliseconds(begun));
  }
  const Eigen::ArithmeticSequence<Index, Index, Index> some =
      Eigen::seqN(Index{0}, kStarts / kEvery, kEvery);
  const Matrix from = starts(Eigen::all, some), to = ends(Eigen::all, some);
  const std::clock_t begun = std::clock();
  const Matrix others = adaptive(network, from, tolerance);
  const double boost = static_cast<double>(kEvery) * milliseconds(begun);
  Vector apart = (others - to).colwise().norm().transpose() / length;
  std::sort(apart.begin(), apart.end());
  std::cout << "{\"network\": \"" << name << "\", \"exact_ms\": " << least
            << ", \"boost_ms\": " << boost << ", \"apart_median\": " << apart(apart.size() / 2)
            << ", \"apart_greatest\": " << apart(apart.size() - 1) << ", \"length\": " << length
            << ", \"weights\": " << to_json(network) << ", \"starts\": ";
  list(from.leftCols(50));
  std::cout << ", \"ends\": ";
  list(to.leftCols(50));
  std::cout << "}" << std::endl;
}

}  // namespace

int main(int count, char** values) {
  std::cout.precision(17);
  const double tolerance = count > 1 ? std::atof(values[1]) : 1e-12;
  Matrix line(2, 7);
  for (Index n = 0; n < 7; ++n) {
    const double at = static_cast<double>(n) + 0.1 * static_cast<double>(n * n);
    line.col(n) << at, 0.5 * at;
  }
  measure("closed form of 7 points", closed_form(CleanPoints(line), 0.2).network, line, tolerance);
  ShallowReluNetwork random;
  random.input_weights = gaussian_starts(Vector::Zero(2), 1, 12, 3).transpose();
  random.biases = gaussian_starts(Vector::Zero(1), 1, 12, 5).transpose();
  random.output_weights = 0.3 * gaussian_starts(Vector::Zero(2), 1, 12, 7);
  random.skip = Matrix::Zero(2, 2);
  random.offset = Vector::Zero(2);
  measure("random", random, gaussian_starts(Vector::Zero(2), 1, 3, 9), tolerance);
}
