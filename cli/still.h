/// @file
/// The first state of a figure as a picture: SVG, as the page draws it in a light theme.
#pragma once

#include <string>

#include "denoise/session.h"

namespace denoise::cli {

/// Of a session whose clean points lie on a line or in a plane.
/// @param shown  the denoiser that is drawn, a name of experiment_denoisers()
/// @param radius of the noise balls
std::string still(const Session& session, const std::string& shown, double radius);

/// Of a session whose clean points are images: they, a noisy one of each, and what the denoiser makes of it.
std::string still_of_images(const Session& session, const std::string& shown);

/// Text as HTML and XML hold it.
std::string escaped(const std::string& text);

}  // namespace denoise::cli
