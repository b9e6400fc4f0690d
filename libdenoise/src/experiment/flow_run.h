/// @file
/// The flow that a document asks for, as it was followed.
#pragma once

#include <string>
#include <vector>

#include "denoise/denoiser_bank.h"
#include "denoise/matrix.h"
#include "denoise/score_flow.h"

namespace denoise {

class Study;
struct Reported;

/// From each start, as far as the work went.
struct FlowRun {
  std::string reason;                    ///< why there is none; else empty
  Matrix ends;                           ///< d x n
  std::vector<Trajectory> trajectories;  ///< score flow: each start's
  Vector levels;                         ///< probability flow: of `path`, the last is 0
  std::vector<Matrix> path;              ///< probability flow, with trajectories: at each level
  std::vector<TrainedLevel> bank;        ///< probability flow of trained networks
};

/// How the networks of a study's flow are trained.
BankOptions bank_options(const Study& study);

/// Follows it. Trajectories have points on the way where the report asks for them.
FlowRun run_flow(const Reported& of);

}  // namespace denoise
