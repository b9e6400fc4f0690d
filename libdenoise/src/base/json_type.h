/// @file
/// The one JSON type of the library's sources (nlohmann/json), with keys in the order written.
#pragma once

#define JSON_NO_IO  // streams would cost the WASM module hundreds of kilobytes
// What is wrong with a document is said by Field; what the library would say is not to be downloaded.
#define JSON_THROW_USER(exception) throw std::invalid_argument("JSON")
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace denoise {

using Json = nlohmann::ordered_json;

}  // namespace denoise
