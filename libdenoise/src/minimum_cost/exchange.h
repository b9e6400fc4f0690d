/// @file
/// The search for the minimum-cost denoiser of points in the plane and in space.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "minimum_cost/candidates.h"
#include "minimum_cost/optimum.h"
#include "minimum_cost/polish.h"
#include "minimum_cost/restricted_problem.h"

namespace denoise {

/// Exchanges candidates: solves the programme over some of them, adds those that violate the dual's
/// bounds, and polishes what it has when the two bounds are near each other.
class Exchange {
 public:
  /// @param space     of points of diameter 1
  /// @param tolerance of the relative gap
  Exchange(std::unique_ptr<Candidates> space, double tolerance, int most_rounds);

  /// Begins where a search among other points has ended, as many of them and near these: a polish
  /// of its neurons is tried before anything else, and where it fails the rounds begin with them too.
  /// Where they are not, this changes nothing.
  /// @param rotation from its coordinates to these
  void begin_near(const Exchange& other, const DirectionMap& rotation);

  /// One iteration over the candidates. @return false: there is no more
  bool advance();
  const Optimum& best() const { return best_; }
  const Candidates& space() const { return *space_; }
  int rounds() const { return rounds_; }
  double work() const { return work_; }  ///< operations so far, roughly

 private:
  bool prepare();
  void reset_best();
  void polish_near(const Polished& from);
  bool end_near();
  void add_near(const std::vector<Peak>& high, const Matrix& dual, Polished& found) const;
  bool end_round();
  bool end_polish();
  bool exchange();
  bool begin_polish();
  void take_dual(const Matrix& dual, const std::vector<Peak>& peaks);
  void take_primal(std::vector<Candidate> candidates, Matrix weights);
  bool add(const Candidate& candidate);
  void drop_idle();
  bool stagnates();
  void restrict();
  double gap() const;

  std::unique_ptr<Candidates> space_;
  double tolerance_;
  int most_rounds_;
  Matrix target_;  ///< B, m x r
  Matrix basis_;   ///< T, of full rank and with orthonormal features at the start
  std::vector<Candidate> candidates_;
  Matrix features_;
  std::optional<RestrictedProblem> problem_;
  std::optional<Polish> polish_;
  bool near_ = false;  ///< the polish is of other points' neurons
  int near_polishes_ = 0;
  std::vector<Candidate> neurons_;  ///< of the best network
  double inner_tolerance_ = 1e-3;
  double work_ = 0;
  int rounds_ = 0, idle_rounds_ = 0, failed_polishes_ = 0;
  double last_gap_ = 1;              ///< that was half of the one before
  int last_fall_ = 0;                ///< the round of it
  std::vector<Peak> peaks_;          ///< of the round's dual
  double violation_ = 0;             ///< of it
  std::vector<Candidate> polished_;  ///< support of the round's polish
  Optimum best_;
};

}  // namespace denoise
