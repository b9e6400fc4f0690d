/// @file
/// The loops of training for the instruction set of the including file. See lanes.h about linkage.
#pragma once

#include "kernels/fused_loops.h"
#include "kernels/product_loops.h"
#include "kernels/step_loops.h"

namespace denoise {
namespace {

constexpr StepLoops kCompiledLoops = {
    {{FusedLoops<2>::residuals, FusedLoops<2>::accumulate},
     {FusedLoops<3>::residuals, FusedLoops<3>::accumulate},
     {FusedLoops<4>::residuals, FusedLoops<4>::accumulate}},
    {ProductLoops::work_size, ProductLoops::residuals, ProductLoops::accumulate}};

}  // namespace
}  // namespace denoise
