/// @file
/// The passes over all samples that training is made of, and what follows what.
#pragma once

#include "denoise/trainer.h"

namespace denoise {

/// What a pass over all samples is for.
///
/// The augmented Lagrangian (see Objective) is lowered in two stages (see Schedule), the first of
/// steps of two passes, the second of steps of one.
///
/// Solved stage, where there are few unknowns. kSolve collects the equations of the output weights,
/// V and c, which are solved at its end; kMove moves the multipliers (z += p r), and at its end the
/// hyperplanes along the gradient that is left. Seen to bring the cost within 1% in 100 to 300
/// steps on every preset. In one dimension it goes on to the end.
/// Descent stage, and all of weight decay. kDescend collects the gradient of everything, and ends
/// with Adam on all weights; every 30 steps it moves the multipliers too. It turns hyperplanes
/// finely.
///
/// What follows a pass, once its last block is done:
///
///     kSolve            kMove, of the same step
///     kMove, kDescend   the step's weights are moved, fresh samples drawn; then kLook where the
///                       rule of rest is due, else the next step
///     kLook             rest, or kReturn, or the next step
///     kReturn           rest
///     all but kReturn   kReturn, where the loss or a number of the gradient is beyond all scale
///
/// where the next step is kSolve or kDescend by the schedule. A step counts as complete when its
/// kLook is over, if it has one: where training rests is then known.
enum class Phase {
  kSolve,
  kMove,
  kDescend,
  kLook,    ///< measures the network for the rule of rest
  kReturn,  ///< measures the best network that was met, which training goes back to, to rest there
};

/// Whether the network learns from the residuals of this phase, or they are only measured.
inline bool learns(Phase phase) { return phase != Phase::kLook && phase != Phase::kReturn; }

/// How far a pass has come. It may stop after any block.
struct Pass {
  Phase phase = Phase::kDescend;
  Rest rest = Rest::kNone;     ///< of kReturn: why training is about to rest
  Index next = 0;              ///< the first sample that has not been processed
  double squares = 0;          ///< sum of |r|^2 so far, in training's coordinates
  double greatest_square = 0;  ///< greatest |r|^2 so far
};

}  // namespace denoise
