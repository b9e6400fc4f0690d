/// @file
/// A bank of networks in a document: what the report "bank" writes and `flow.bank` reads.
#pragma once

#include "denoise/denoiser_bank.h"
#include "experiment/field.h"
#include "experiment/json.h"

namespace denoise {

Json bank_json(const SavedBank& bank);

/// Refuses, at its path, what is no such bank.
SavedBank bank_of(const Field& json);

}  // namespace denoise
