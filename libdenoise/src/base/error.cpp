#include "denoise/error.h"

namespace denoise {

// Not in the header: there are some two hundred places that refuse.
Error::Error(std::string_view where, std::string_view sentence)
    : std::invalid_argument(std::string(sentence)), where_(where) {}

}  // namespace denoise
