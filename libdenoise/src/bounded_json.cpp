#include "bounded_json.h"

#include <algorithm>

#include "denoise/error.h"
#include "denoise/experiment.h"

namespace denoise {
namespace {

/// The lists and objects that are open while a document is read: the path of the current value.
class OpenValues {
 public:
  void begin(bool object) { levels_.push_back({object, 0, {}}); }
  void end() { levels_.pop_back(); }

  void key(std::string name) {
    Level& level = levels_.back();
    const bool twice = std::find(level.keys.begin(), level.keys.end(), name) != level.keys.end();
    level.keys.push_back(std::move(name));
    if (twice) throw Error(path(), "\"" + excerpt(level.keys.back()) + "\" is given twice.");
    if (level.keys.size() > ExperimentLimits::kKeys) {
      throw Error("experiment",
                  "An object has more than " + std::to_string(ExperimentLimits::kKeys) + " keys.");
    }
  }

  void value_done() {
    if (!levels_.empty()) ++levels_.back().index;
  }

  std::string path() const {
    std::string path;
    for (const Level& level : levels_) {
      if (!level.object) {
        path += "[" + std::to_string(level.index) + "]";
      } else if (!level.keys.empty()) {
        path += (path.empty() ? "" : ".") + path_name(level.keys.back());
      }
    }
    return path.empty() ? "experiment" : path;
  }

 private:
  struct Level {
    bool object;
    Index index;  ///< of the current value in its list
    std::vector<std::string> keys;
  };
  std::vector<Level> levels_;
};

std::string line_and_column(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte > 0 ? byte - 1 : 0);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.find_last_of('\n') + 1;  // npos + 1 is 0
  return "line " + std::to_string(line) + ", column " + std::to_string(before.size() - start + 1);
}

}  // namespace

std::string excerpt(std::string_view text) {
  std::size_t bytes = 64;
  if (text.size() <= bytes) return std::string(text);
  const auto inside_character = [&] { return (text[bytes] & 0xc0) == 0x80; };
  while (bytes > 0 && inside_character()) --bytes;
  return std::string(text.substr(0, bytes)) + "...";
}

std::string path_name(std::string_view key) { return key.empty() ? "\"\"" : excerpt(key); }

Json parse_bounded_json(std::string_view text) {
  if (text.size() > ExperimentLimits::kBytes) {
    throw Error("experiment", "The document has " + std::to_string(text.size()) +
                                  " bytes; at most " + std::to_string(ExperimentLimits::kBytes) +
                                  " are allowed.");
  }
  OpenValues open;
  const auto guard = [&open](int depth, Json::parse_event_t event, Json& parsed) {
    using Event = Json::parse_event_t;
    switch (event) {
      case Event::object_start:
      case Event::array_start:
        if (depth >= ExperimentLimits::kDepth) {
          throw Error(open.path(), "Lists and objects are nested deeper than " +
                                       std::to_string(ExperimentLimits::kDepth) + " levels.");
        }
        open.begin(event == Event::object_start);
        break;
      case Event::key:
        open.key(parsed.get<std::string>());
        break;
      case Event::object_end:
      case Event::array_end:
        open.end();
        open.value_done();
        break;
      case Event::value:
        open.value_done();
        break;
    }
    return true;
  };
  try {
    return Json::parse(text, guard);
  } catch (const Json::parse_error& error) {
    throw Error("experiment",
                "The document is not valid JSON at " + line_and_column(text, error.byte) + ".");
  } catch (const Json::out_of_range&) {
    throw Error(open.path(), "A number is too large; numbers must be finite.");
  }
}

}  // namespace denoise
