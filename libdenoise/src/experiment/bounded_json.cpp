#include "experiment/bounded_json.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/format.h"
#include "denoise/error.h"
#include "denoise/experiment.h"

namespace denoise {
namespace {

/// Builds the values of a document from the parser's events, and refuses at the first one that is
/// out of bounds. (The parser's own callbacks would look through a list at the end of each item.)
class Reader {
 public:
  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(std::int64_t value) { return add(value); }
  bool number_unsigned(std::uint64_t value) { return add(value); }
  bool number_float(double value, const std::string&) { return add(value); }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(Json::binary_t&) { return false; }  // not of JSON text
  bool start_array(std::size_t) { return begin(Json::array()); }
  bool start_object(std::size_t) { return begin(Json::object()); }
  bool end_array() { return end(); }
  bool end_object() { return end(); }

  bool key(std::string& name) {
    Json& object = *open_.back();
    const bool twice = object.contains(name);
    Json& value = object[name];
    keys_.back() = std::move(name);
    if (twice) throw Error(path(), "\"" + excerpt(keys_.back()) + "\" is given twice.");
    if (object.size() > ExperimentLimits::kKeys) {
      throw Error("experiment",
                  "An object has more than " + std::to_string(ExperimentLimits::kKeys) + " keys.");
    }
    member_ = &value;
    return true;
  }

  /// Where the text is no JSON, and where a number is too large (the parser's error 406).
  bool parse_error(std::size_t byte, const std::string&, const Json::exception& error) {
    constexpr int kNumberOverflow = 406;
    if (error.id == kNumberOverflow) {
      throw Error(path(), "A number is too large; numbers must be finite.");
    }
    bad_byte_ = byte;
    return false;
  }

  Json take() { return std::move(root_); }
  std::size_t bad_byte() const { return bad_byte_; }  ///< counted from 1

 private:
  /// Puts a value where the next one belongs. @return where it stands
  Json& place(Json value) {
    if (open_.empty()) return root_ = std::move(value);
    if (open_.back()->is_object()) return *member_ = std::move(value);
    open_.back()->push_back(std::move(value));
    return open_.back()->back();
  }

  bool add(Json value) {
    place(std::move(value));
    return true;
  }

  bool begin(Json container) {
    if (open_.size() >= static_cast<std::size_t>(ExperimentLimits::kDepth)) {
      throw Error(path(), "Lists and objects are nested deeper than " +
                              std::to_string(ExperimentLimits::kDepth) + " levels.");
    }
    open_.push_back(&place(std::move(container)));
    keys_.emplace_back();
    return true;
  }

  bool end() {
    open_.pop_back();
    keys_.pop_back();
    return true;
  }

  /// Of the value that comes next.
  std::string path() const {
    std::string path;
    for (std::size_t level = 0; level < open_.size(); ++level) {
      if (open_[level]->is_object()) {
        path += (path.empty() ? "" : ".") + path_name(keys_[level]);
      } else {
        const bool inside = level + 1 < open_.size();  // of the list's last item
        path += "[" + std::to_string(open_[level]->size() - (inside ? 1 : 0)) + "]";
      }
    }
    return path.empty() ? "experiment" : path;
  }

  Json root_;
  std::vector<Json*> open_;        ///< lists and objects; those above the last don't grow
  std::vector<std::string> keys_;  ///< of each open object, the last one met
  Json* member_ = nullptr;         ///< the value of the last key
  std::size_t bad_byte_ = 0;
};

std::string line_and_column(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte > 0 ? byte - 1 : 0);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.find_last_of('\n') + 1;  // npos + 1 is 0
  return "line " + std::to_string(line) + ", column " + std::to_string(before.size() - start + 1);
}

}  // namespace

std::string path_name(std::string_view key) { return key.empty() ? "\"\"" : excerpt(key); }

Json parse_bounded_json(std::string_view text, std::size_t most) {
  if (text.size() > most) {
    throw Error("experiment", "The document has " + std::to_string(text.size()) +
                                  " bytes; at most " + std::to_string(most) +
                                  " are allowed.");
  }
  Reader reader;
  if (!Json::sax_parse(text, &reader)) {
    throw Error("experiment", "The document is not valid JSON at " +
                                  line_and_column(text, reader.bad_byte()) + ".");
  }
  return reader.take();
}

}  // namespace denoise
