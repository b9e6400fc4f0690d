// The WASM module's surface: denoise::Session as web/denoise.d.ts describes it, and nothing else.
// What a method does is in libdenoise/src/experiment/session.cpp; here are only conversions.
//
// Ownership. JavaScript owns Session objects and frees them with delete(): make one per page and
// one per worker, and keep it. All else crosses by value (strings, numbers, small records), except
// arrays of numbers. Those going in are copied. Those coming out are views of the module's memory:
// they own nothing, and stand in the session's `shown_` matrix, or in the session itself, until
// the next call of any method, which may overwrite them or let the memory grow and so detach them.

#include <string>
#include <utility>

#include "conversions.h"
#include "denoise/session.h"
#include "denoise/version.h"

namespace {

using denoise::answer;
using denoise::Index;
using denoise::Matrix;
using denoise::matrix_of;
using denoise::view;
using denoise::whole;
using emscripten::val;

class Session {
 public:
  val add_images(const std::string& name, const val& idx) {
    return answer([&] {
      const double size = idx["length"].as<double>();
      if (size > static_cast<double>(denoise::ImageSet::kBytes)) {
        throw denoise::Error("data.images", "The image file is larger than the " +
                                                std::to_string(denoise::ImageSet::kBytes) +
                                                " bytes allowed.");
      }
      const auto bytes = emscripten::convertJSArrayToNumberVector<std::uint8_t>(idx);
      session_.add_images(denoise::parse_idx(name, bytes.data(), bytes.size()));
      return val::undefined();
    });
  }
  val configure(const std::string& experiment) {
    return answer([&] { return val(session_.configure(experiment)); });
  }
  val take_minimum_cost(const std::string& found) {
    return answer([&] { return val(session_.take_minimum_cost(found)); });
  }
  val take_split_ramps(const val& found) {
    return answer([&] {
      const Matrix numbers = matrix_of(found, 1, "ramps");
      if (numbers.size() == 0) return val(session_.take_split_ramps({}, 0));
      return val(session_.take_split_ramps(numbers.rightCols(numbers.cols() - 1), numbers(0)));
    });
  }
  val take_optimality(const std::string& found) {
    return answer([&] { return val(session_.take_optimality(found)); });
  }
  val update_data(const std::string& experiment) {
    return answer([&] { return val(session_.update_data(experiment)); });
  }
  val clean_points() {
    return answer([&] { return view(session_.clean_points()); });
  }
  val samples() {
    return answer([&] { return view(session_.samples()); });
  }
  val start_training() {
    return answer([&] {
      session_.start_training();
      return val::undefined();
    });
  }
  val reset_training() {
    return answer([&] {
      session_.reset_training();
      return val::undefined();
    });
  }
  val advance(double samples) {
    return answer([&] {
      // The negation refuses NaN too.
      if (!(samples >= 1 && samples <= 1e9)) {
        throw denoise::Error("samples", "Training advances by 1 to 1,000,000,000 samples.");
      }
      return val(static_cast<double>(session_.advance(static_cast<Index>(samples))));
    });
  }
  val training_status() {
    return answer([&] {
      const denoise::TrainingStatus status = session_.training_status();
      val record = val::object();
      record.set("step", static_cast<double>(status.step));
      record.set("loss", status.loss);
      record.set("initial_loss", status.initial_loss);
      record.set("greatest_residual", status.greatest_residual);
      record.set("cost", status.cost);
      record.set("converged", status.converged);
      record.set("rest", denoise::name(status.rest));
      record.set("reason", session_.rest_reason());
      return record;
    });
  }
  val go_on() {
    return answer([&] {
      session_.go_on();
      return val::undefined();
    });
  }
  val keep_moment() {
    return answer([&] { return val(static_cast<double>(session_.keep_moment())); });
  }
  val show_moment(double moment) {
    return answer([&] {
      session_.show_moment(whole(moment, "moments"));
      return val::undefined();
    });
  }
  val drop_moment(double moment) {
    return answer([&] {
      session_.drop_moment(whole(moment, "moments"));
      return val::undefined();
    });
  }
  val measure() {
    return answer([&] {
      session_.measure();
      return val::undefined();
    });
  }
  val evaluate(const std::string& which, const val& points) {
    return answer([&] {
      const Index dimension = session_.clean_points().rows();
      return show(session_.evaluate(which, matrix_of(points, dimension, "evaluate.points")));
    });
  }
  val evaluate_grid(const std::string& which, const val& lower, const val& upper,
                    const val& shape) {
    return answer([&] {
      denoise::Grid grid;
      grid.lower = matrix_of(lower, 1, "evaluate.grid.lower").transpose();
      grid.upper = matrix_of(upper, 1, "evaluate.grid.upper").transpose();
      const Matrix counts = matrix_of(shape, 1, "evaluate.grid.shape");
      for (const double count : counts.reshaped()) {
        grid.shape.push_back(whole(count, "evaluate.grid.shape"));
      }
      return show(session_.evaluate(which, grid));
    });
  }
  val neurons(const std::string& which) {
    return answer([&] { return show(session_.neurons(which)); });
  }
  val comparison() {
    return answer([&] { return val(session_.comparison()); });
  }
  val alignment(const std::string& which) {
    return answer([&] { return val(session_.alignment(which)); });
  }
  val alignment_of(const val& neurons) {
    return answer([&] {
      const Index rows = 2 * session_.clean_points().rows() + 2;
      return val(session_.alignment_of(matrix_of(neurons, rows, "alignment.neurons")));
    });
  }
  val network(const std::string& which) {
    return answer([&] { return val(session_.network(which)); });
  }
  val history() {
    return answer([&] { return val(session_.history()); });
  }
  val checksum() {
    return answer([&] { return val(session_.checksum()); });
  }

 private:
  /// Keeps numbers for the view that JavaScript is given.
  val show(Matrix numbers) {
    shown_ = std::move(numbers);
    return view(shown_);
  }

  denoise::Session session_;
  Matrix shown_;
};

std::string version() { return denoise::kVersion; }

}  // namespace

EMSCRIPTEN_BINDINGS(denoise) {
  emscripten::function("presets", &denoise::presets_json);
  emscripten::function("limits", &denoise::limits_json);
  emscripten::function("choices", &denoise::choices_json);
  emscripten::function("version", &version);
  emscripten::class_<Session>("Session")
      .constructor<>()
      .function("addImages", &Session::add_images)
      .function("configure", &Session::configure)
      .function("updateData", &Session::update_data)
      .function("takeMinimumCost", &Session::take_minimum_cost)
      .function("takeSplitRamps", &Session::take_split_ramps)
      .function("takeOptimality", &Session::take_optimality)
      .function("cleanPoints", &Session::clean_points)
      .function("samples", &Session::samples)
      .function("startTraining", &Session::start_training)
      .function("resetTraining", &Session::reset_training)
      .function("advance", &Session::advance)
      .function("goOn", &Session::go_on)
      .function("keepMoment", &Session::keep_moment)
      .function("showMoment", &Session::show_moment)
      .function("dropMoment", &Session::drop_moment)
      .function("measure", &Session::measure)
      .function("trainingStatus", &Session::training_status)
      .function("evaluate", &Session::evaluate)
      .function("evaluateGrid", &Session::evaluate_grid)
      .function("neurons", &Session::neurons)
      .function("comparison", &Session::comparison)
      .function("alignment", &Session::alignment)
      .function("alignmentOf", &Session::alignment_of)
      .function("network", &Session::network)
      .function("history", &Session::history)
      .function("checksum", &Session::checksum);
}
