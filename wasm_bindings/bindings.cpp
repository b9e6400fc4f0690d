#include <emscripten/bind.h>
#include <string>
#include "denoise/error.h"
static std::string version() { return "0.1.0"; }
EMSCRIPTEN_BINDINGS(denoise) { emscripten::function("version", &version); }
