/// @file
/// The experiment document, version 1: the JSON that the page's link, the embed, the command and
/// the tests share. It is parsed, validated and defaulted here and nowhere else.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "denoise/closed_form.h"
#include "denoise/dataset.h"
#include "denoise/trainer.h"

namespace denoise {

/// Grey images of one size, as bytes.
struct ImageSet {
  std::string name;  ///< as in data.images.set
  Index count = 0, rows = 0, columns = 0;
  std::vector<std::uint8_t> pixels;  ///< count x rows x columns, row-major; 0 black .. 255 white
};

/// Reads the IDX format of MNIST (magic 0x00000803, big-endian sizes, then the bytes). Refuses
/// other magic numbers, sizes that do not match the bytes, and images above DatasetLimits.
ImageSet parse_idx(std::string name, const std::uint8_t* bytes, std::size_t size);

struct ImageChoice {
  std::string set;             ///< name of an image set known to the caller ("mnist"), or empty
  std::string file;            ///< an IDX file (the command only), or empty
  std::vector<Index> indices;  ///< of the images
  bool centre = false;         ///< subtract the mean of the chosen images
  double scale = 0;            ///< > 0: scale to this mean norm (after centring); 0: pixels / 255
};

/// Exactly one of the three is present.
struct DataSpec {
  std::optional<Matrix> points;  ///< d x N
  std::optional<std::string> preset;
  std::optional<ImageChoice> images;
};

enum class DenoiserKind { kClosedForm, kTrained, kEmpiricalMmse, kVertexRamp };

/// Where to evaluate: nothing, points, or a grid.
struct EvaluateSpec {
  std::optional<Matrix> points;  ///< d x n
  struct Grid {
    Vector lower, upper;         ///< d
    std::vector<Index> shape;    ///< d numbers of points, each >= 2
  };
  std::optional<Grid> grid;      ///< points in row-major order: the last coordinate moves fastest
};

struct Experiment {
  static constexpr int kVersion = 1;
  DataSpec data;
  Noise noise;  ///< default: kBalls with the preset's radius, else 0.3 of half the least distance
  DenoiserKind denoiser = DenoiserKind::kClosedForm;
  TrainingOptions training;
  EvaluateSpec evaluate;
  std::vector<std::string> report;  ///< of cost, residual, alignment, network, history, comparison
};

/// Parses and validates a document; every default is filled in. Unknown keys, wrong types, and
/// numbers outside their bounds are refused with the key's path in Error::where(). Documents above
/// 16 MiB are refused.
Experiment parse_experiment(std::string_view json);

/// The document with every default written out; parse_experiment() of it gives the same experiment.
std::string to_json(const Experiment& experiment);

/// The clean points of an experiment, checked. @return d x N
/// @param images the image sets known to the caller
Matrix clean_points(const Experiment& experiment, const std::vector<ImageSet>& images = {});

/// Runs an experiment: the result document of the specification (version 1), as JSON.
std::string run(const Experiment& experiment, const std::vector<ImageSet>& images = {});

/// A network as the result document writes it; numbers read back to the same double.
std::string to_json(const ShallowReluNetwork& network);

/// A short hash (16 hexadecimal digits, FNV-1a) of the network's bits.
std::string checksum(const ShallowReluNetwork& network);

}  // namespace denoise
