/// @file
/// An experiment that is held and asked piece by piece, as an interactive page needs it; run() of
/// experiment.h gives the same answers in one call.
///
/// A session takes a document, moves its points and trains in slices that are as short as its
/// caller wants. Between any two slices it can be asked for values, neurons, costs and alignment of
/// its denoisers, and for their distance from the closed form. Answers are matrices or JSON; the
/// types of the JSON are those of denoise.d.ts. Compiled to WebAssembly this class is the page's
/// module.
///
/// Source: none; an interface of this library to experiment.h, closed_form.h and trainer.h.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "denoise/experiment.h"
#include "denoise/grid.h"
#include "denoise/matrix.h"
#include "denoise/trainer.h"

namespace denoise {

/// Every member that can refuse throws Error and leaves the session as it was.
class Session {
 public:
  Session();
  ~Session();
  Session(Session&&) noexcept;             ///< leaves the other fit for destruction only
  Session& operator=(Session&&) noexcept;  ///< leaves the other fit for destruction only

  /// Makes an image set known; one of the same name is replaced.
  void add_images(ImageSet images);

  /// Takes an experiment document and drops a running training. @return JSON `Description`
  std::string configure(std::string_view experiment);

  /// Like configure(), but a running training keeps its weights and goes on with the new data, as
  /// long as the dimension and the training options are the same; else it is dropped.
  /// @return JSON `Description`
  std::string update_data(std::string_view experiment);

  /// Where `searching` of the description is "minimum-cost" the least cost is to be sought, by a
  /// MinimumCostSolver of clean_points() and the description's radius, which may run elsewhere:
  /// takes what it found, in place of one taken before. @param found to_json() of MinimumCost
  /// @return JSON `Description`
  std::string take_minimum_cost(std::string_view found);

  /// The same where it is "split-ramp", of split_ramps(). @param ramps of SplitRamps, column by
  /// column; empty where there are none
  std::string take_split_ramps(const Matrix& ramps, double lower_bound);

  /// Where training rests, takes what an OptimalitySearch of the trained network found, which may
  /// run elsewhere. Where `refits` of the description is true, training with weight decay ends by it:
  /// the refitted network is the trained one until training goes on. Where samples are fitted, the
  /// network has converged only if it is proved to be within 0.1 % of the least.
  /// @param found to_json_with_best() of OptimalityGap
  /// @return its certified gap: the objective over the least of any width, less 1
  /// @throws Error at "training" where training does not rest, or nothing is certified of it
  double take_optimality(std::string_view found);

  const Matrix& clean_points() const;  ///< d x N
  /// Those of the trainer's current step, or else the dataset's. @return d x (N M)
  const Matrix& samples() const;

  /// Creates the trainer at its initial weights, or a new one in place of a running one.
  void start_training();
  /// Back to the same initial weights and samples.
  void reset_training();
  /// Trainer::advance(). @return the number of completed steps
  Index advance(Index samples);
  void go_on();                     ///< Trainer::go_on()
  void measure();                   ///< Trainer::measure()
  std::string rest_reason() const;  ///< Trainer::reason(), or the certificate's
  /// Trainer::status(), as a certificate that was taken has it; refused, like the other questions
  /// to training, before start_training().
  TrainingStatus training_status() const;

  /// Keeps the trained network as it stands, without a refit, until training begins anew or its
  /// data change.
  /// @return its number, for show_moment()
  /// @throws Error at "moments" beyond ExperimentLimits::kMomentNumbers weights
  Index keep_moment();
  /// "trained" is that kept network from here on, in every question below; < 0: as it stands.
  /// @throws Error at "moments" where it is not kept
  void show_moment(Index moment);
  /// Keeps it no longer. @throws Error at "moments" where it is not kept
  void drop_moment(Index moment);

  // A denoiser is asked for by its name, one of experiment_denoisers(). "trained" is the network of
  // the trainer as it stands, or the moment of it that is shown.

  /// @param points d x n, at most ExperimentLimits::kEvaluateNumbers numbers
  /// @return d x n
  Matrix evaluate(std::string_view denoiser, const Matrix& points) const;
  /// The same at the points of a grid.
  Matrix evaluate(std::string_view denoiser, const Grid& grid) const;

  /// The neurons of a network, a column each: w of unit length (d), the level tau of its hyperplane
  /// w.y = tau, the direction of a times the mass (d), the mass |a||w|. A neuron without a kink is
  /// a column of zeros. @return (2 d + 2) x K
  Matrix neurons(std::string_view denoiser) const;

  /// JSON `Comparison` of the trained network with the closed form, "null" where none is known.
  std::string comparison() const;
  /// JSON `AlignmentReport`, as in the result document.
  std::string alignment(std::string_view denoiser) const;
  /// The same of neurons that neurons() gave, at whatever step that was.
  /// @param neurons (2 d + 2) x K @throws Error at "alignment.neurons"
  std::string alignment_of(const Matrix& neurons) const;
  /// JSON as in the result document.
  std::string network(std::string_view denoiser) const;
  /// JSON list, as in the result document.
  std::string history() const;
  /// checksum() of the trained network.
  std::string checksum() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// JSON list of `Preset`.
std::string presets_json();

/// JSON object: the bounds of everything that a stranger can set.
std::string limits_json();

/// JSON `Choices`: the denoisers that an experiment can be about, with the reports of each.
std::string choices_json();

}  // namespace denoise
