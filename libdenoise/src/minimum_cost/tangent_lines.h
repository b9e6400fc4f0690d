/// @file
/// Lines that touch shells in noise balls, whatever they cross.
#pragma once

#include <vector>

#include "minimum_cost/candidates.h"
#include "minimum_cost/series_norm.h"

namespace denoise {

/// All lines that touch a shell, with the features of denoise/any_width.h. Shell s is about clean
/// point s / K, for K shells a ball, and stands in points() for a point of its own. The lines turn
/// about the touched shell, w over a full turn with level = w.x + its radius; w and -w with -level
/// are one line, and candidates have the level that is not negative. Along a piece of the turn the
/// shells beyond the line and those that it crosses stay the same, and the features are
/// trigonometric polynomials of degree 2. What an exchange over them calls the cost is the least
/// value of the bound's own programme; a network of that cost need not interpolate.
class TangentLines : public Candidates {
 public:
  /// @param points 2 x N, the first at 0
  /// @param radii  of a ball's shells, K, the greatest first
  TangentLines(const Matrix& points, const Vector& radii);

  Matrix features(const std::vector<Candidate>& candidates) const override;
  Matrix first_changes(const std::vector<Candidate>& candidates) const override;
  Matrix second_changes(const std::vector<Candidate>& candidates) const override;
  /// All of them: only no distribution at all has no projections.
  Combinations possible() const override;
  /// Ends of pieces, directions of edges, and some angles between.
  std::vector<Candidate> start() const override;
  std::vector<Peak> peaks(const Matrix& dual, double least) const override;
  /// To within more than `excess` where |G| is so flat that the work would not end.
  double greatest(const Matrix& dual, double excess) const override;
  double worth() const override { return 1; }

  Candidate turned(const Candidate& candidate, const Vector& angles) const override;
  bool lies_within(const Candidate& candidate) const override;
  std::vector<Candidate> beside(const Candidate& candidate, double angle) const override;
  double apart(const Candidate& a, const Candidate& b) const override;

 private:
  struct Piece {
    Index shell;
    double begin, end;
    Matrix series;  ///< of the features about its middle, m x 5

    double middle() const { return 0.5 * (begin + end); }
    double half() const { return 0.5 * (end - begin); }
  };

  void add_pieces(Index shell);
  Matrix series_of(Index shell, double middle) const;
  /// @param corner at an end of its piece
  Candidate at(Index piece, double angle, bool corner) const;
  const Piece& piece_of(const Candidate& candidate) const;
  /// The angle from the piece's middle.
  double place_of(const Candidate& candidate) const;
  std::vector<SeriesNorm> norms(const Matrix& dual) const;
  void peaks_inside(Index piece, const SeriesNorm& f, double least_square,
                    std::vector<Peak>& peaks) const;

  double radius_of(Index shell) const { return radii_[shell % radii_.size()]; }

  Vector radii_;
  std::vector<Piece> pieces_;  ///< in order of shells, and then of angles
  std::vector<Index> before_;  ///< of each piece, the one that ends where it begins
};

}  // namespace denoise
