/// @file
/// A matcher for refusals, used by every test of bad input.
#pragma once

#include <gmock/gmock.h>

#include <string>

#include "denoise/error.h"

namespace denoise {

/// Expects that `action` throws denoise::Error at `where` with a sentence that matches.
template <class Matcher, class Action>
void expect_refused(const std::string& where, const Matcher& sentence, const Action& action) {
  try {
    action();
    ADD_FAILURE() << "not refused; expected a refusal at " << where;
  } catch (const Error& error) {
    EXPECT_EQ(error.where(), where) << error.what();
    EXPECT_THAT(std::string(error.what()), sentence);
  }
}

}  // namespace denoise
