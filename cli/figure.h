/// @file
/// An experiment as a standalone figure: one HTML file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "denoise/image_set.h"

namespace denoise::cli {

/// The template's place in the installation that the running command is part of.
std::string installed_template();

/// A figure's file.
struct Figure {
  std::string page;
  std::string left_out;  ///< what it does not show of the experiment, in a sentence; else empty
};

/// The figure's file. The page makes the same (web/ui/figure_file.ts).
/// @param images    the sets that the experiment may name; the file carries those that it shows
/// @param page      the template, as `npm run build:figure` makes it
/// @param anonymous leaves out every name and link
/// @throws Error where the experiment is refused or no figure shows it, std::runtime_error of a text
///         that is no template
Figure figure(std::string_view experiment, const std::vector<ImageSet>& images,
              const std::string& page, bool anonymous);

}  // namespace denoise::cli
