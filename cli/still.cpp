#include "still.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>
#include <vector>

#include "denoise/grid.h"
#include "denoise/matrix.h"
#include "pictures.h"

namespace denoise::cli {
namespace {

constexpr double kLeft = 44, kTop = 12, kSide = 500, kWidth = kLeft + kSide + 12, kHeight = kTop + kSide + 34;
constexpr double kMargin = 1.5;  // the view's half side, over half the greatest extent (web/drawing/view.ts)
constexpr Index kArrows = 15;    // along a side
constexpr Index kCurve = 401;    // places on a curve

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

/// A square of the data's space, and where its places stand.
struct View {
  Vector centre;
  double half;

  View(const Matrix& points, double radius) {
    const Vector lower = points.rowwise().minCoeff(), upper = points.rowwise().maxCoeff();
    centre = (lower + upper) / 2;
    half = std::max((upper - lower).maxCoeff(), 4 * radius) / 2 * kMargin;
  }
  double scale() const { return kSide / (2 * half); }
  /// On a line the vertical axis is the horizontal one again.
  double x(double value) const { return kLeft + (value - centre(0) + half) * scale(); }
  double y(double value) const { return kTop + kSide - (value - centre(centre.size() - 1) + half) * scale(); }
  std::string at(double a, double b) const { return number(x(a)) + "," + number(y(b)); }
  Grid grid(Index count) const {
    Grid grid;
    grid.lower = centre.array() - half;
    grid.upper = centre.array() + half;
    grid.shape.assign(static_cast<std::size_t>(centre.size()), count);
    return grid;
  }
};

std::string circle(const View& view, double a, double b, double radius, const std::string& style) {
  return "<circle cx=\"" + number(view.x(a)) + "\" cy=\"" + number(view.y(b)) + "\" r=\"" + number(radius) + "\" " + style + "/>";
}

std::string path(const std::string& d, const std::string& style) {
  return d.empty() ? "" : "<path d=\"" + d + "\" fill=\"none\" " + style + "/>";
}

/// "x₁₂": the names of points as the page writes them.
std::string name_of(Index n) {
  std::string name = "x";
  for (const char digit : std::to_string(n + 1)) name += "\xe2\x82" + std::string(1, static_cast<char>(0x80 + (digit - '0')));
  return name;
}

std::string text(double x, double y, const char* anchor, const std::string& words) {
  return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\">" + words + "</text>";
}

/// Grid lines at round numbers.
std::string axes(const View& view) {
  const double wish = view.half / 2.5;
  const double decade = std::pow(10, std::floor(std::log10(wish)));
  double step = 10 * decade;
  for (const double part : {5.0, 2.0, 1.0}) {
    if (part * decade >= wish) step = part * decade;
  }
  std::string lines, labels;
  const auto label = [&](double x, double y, const char* anchor, double value) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.6g", value);
    labels += text(x, y, anchor, digits[0] == '-' ? "\xe2\x88\x92" + std::string(digits + 1) : std::string(digits));
  };
  const Vector lower = view.centre.array() - view.half, upper = view.centre.array() + view.half;
  const Index last = view.centre.size() - 1;
  const auto each = [&](Index axis, const auto& draw) {
    for (double i = std::ceil(lower(axis) / step); i * step <= upper(axis); ++i) draw(i == 0 ? 0 : i * step);
  };
  each(0, [&](double value) {
    lines += "M" + view.at(value, lower(last)) + "V" + number(kTop);
    label(view.x(value), kTop + kSide + 18, "middle", value);
  });
  each(last, [&](double value) {
    lines += "M" + view.at(lower(0), value) + "H" + number(kLeft + kSide);
    label(kLeft - 8, view.y(value) + 4, "end", value);
  });
  const bool on_line = last == 0;
  labels += text(kLeft + kSide - 4, kTop + kSide + 18, "end", on_line ? "y" : "y\xe2\x82\x81");
  labels += text(kLeft - 8, kTop + 10, "end", on_line ? "h(y)" : "y\xe2\x82\x82");
  return path(lines, "stroke=\"#ebebe6\"") + "<g fill=\"#575c66\" font-size=\"12\">" + labels + "</g>";
}

/// Of points that are few enough to be told apart.
std::string names(const View& view, const Matrix& points) {
  if (points.cols() > 12) return "";
  std::string words;
  for (Index n = 0; n < points.cols(); ++n) {
    words += text(view.x(points(0, n)), view.y(points(points.rows() - 1, n)) - 13, "middle", name_of(n));
  }
  return "<g font-family=\"Georgia, serif\" font-style=\"italic\" font-size=\"15\" fill=\"#1c1f26\" stroke=\"#fdfdfb\" "
         "stroke-width=\"3\" paint-order=\"stroke\">" + words + "</g>";
}

std::string line(const Session& session, const std::string& shown, double radius, const View& view) {
  const Matrix& points = session.clean_points();
  const double low = view.centre(0) - view.half, high = view.centre(0) + view.half;
  std::string balls, dots;
  for (const double x : points.reshaped()) {
    balls += "<rect x=\"" + number(view.x(x - radius)) + "\" y=\"" + number(kTop) + "\" width=\"" +
             number(2 * radius * view.scale()) + "\" height=\"" + number(kSide) + "\" fill=\"#56b4e9\" fill-opacity=\"0.2\"/>";
    dots += circle(view, x, x, 6.5, "fill=\"#1c1f26\" stroke=\"#fdfdfb\" stroke-width=\"2\"");
  }
  dots += names(view, points);
  const Matrix values = session.evaluate(shown, view.grid(kCurve));
  std::string curve;
  for (Index i = 0; i < kCurve; ++i) {
    const double at = low + (high - low) * static_cast<double>(i) / static_cast<double>(kCurve - 1);
    curve += (i == 0 ? "M" : "L") + view.at(at, values(0, i));
  }
  return balls + path("M" + view.at(low, low) + "L" + view.at(high, high), "stroke=\"#8b909a\"") +
         path(curve, "stroke=\"#0072b2\" stroke-width=\"3\" stroke-linejoin=\"round\"") + dots;
}

std::string plane(const Session& session, const std::string& shown, double radius, const View& view) {
  const Matrix& points = session.clean_points();
  std::string balls, dots, bends, shafts, heads;
  for (Index n = 0; n < points.cols(); ++n) {
    const double x = points(0, n), y = points(1, n);
    balls += circle(view, x, y, radius * view.scale(), "fill=\"#56b4e9\" fill-opacity=\"0.2\" stroke=\"#56b4e9\"");
    dots += circle(view, x, y, 6.5, "fill=\"#1c1f26\" stroke=\"#fdfdfb\" stroke-width=\"2\"");
  }
  dots += names(view, points);
  const bool network = shown != "empirical-mmse";
  const Matrix neurons = network ? session.neurons(shown) : Matrix(6, 0);
  const double far = 4 * view.half;
  for (Index k = 0; k < neurons.cols(); ++k) {
    const Vector w = neurons.col(k).head(2);
    if (w.isZero()) continue;  // no kink
    const Vector foot = view.centre + (neurons(2, k) - w.dot(view.centre)) * w;
    if ((foot - view.centre).norm() > 2 * view.half) continue;
    const Vector along{{-far * w(1), far * w(0)}};
    bends += "M" + view.at(foot(0) - along(0), foot(1) - along(1)) + "L" + view.at(foot(0) + along(0), foot(1) + along(1));
  }
  const Grid grid = view.grid(kArrows);
  const Matrix values = session.evaluate(shown, grid);
  for (Index i = 0; i < values.cols(); ++i) {
    // The last coordinate runs fastest.
    const Vector place{{static_cast<double>(i / kArrows), static_cast<double>(i % kArrows)}};
    const Vector from = view.centre.array() - view.half + 2 * view.half * place.array() / static_cast<double>(kArrows - 1);
    const Vector move = (values.col(i) - from) / 4;
    const double length = move.norm() * view.scale();
    if (length < 1) continue;
    const Vector to = from + move, back = move / length * std::min(length, 5.0), side{{-back(1) / 2, back(0) / 2}};
    shafts += "M" + view.at(from(0), from(1)) + "L" + view.at(to(0), to(1));
    heads += "M" + view.at(to(0), to(1)) + "L" + view.at(to(0) - back(0) + side(0), to(1) - back(1) + side(1)) + "L" +
             view.at(to(0) - back(0) - side(0), to(1) - back(1) - side(1)) + "Z";
  }
  return balls + path(bends, "stroke=\"#0072b2\" stroke-width=\"1.5\" stroke-opacity=\"0.6\"") +
         path(shafts, "stroke=\"#0072b2\" stroke-width=\"1.2\"") + "<path d=\"" + heads + "\" fill=\"#0072b2\"/>" + dots;
}

}  // namespace

std::string still(const Session& session, const std::string& shown, double radius) {
  const Matrix& points = session.clean_points();
  const View view(points, radius);
  const bool on_line = points.rows() == 1;
  const std::string size = number(kWidth) + " " + number(kHeight);
  const std::string label = on_line ? "The denoiser h(y) against y, with the clean points on the diagonal and their noise balls as bands"
                                    : "The clean points with their noise balls, the lines along which the denoiser bends, and arrows along h(y) minus y";
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(kWidth) + "\" height=\"" + number(kHeight) +
         "\" viewBox=\"0 0 " + size + "\" role=\"img\" aria-label=\"" + label +
         "\" font-family=\"system-ui, sans-serif\"><rect width=\"100%\" height=\"100%\" fill=\"#fdfdfb\"/>" + axes(view) +
         "<clipPath id=\"still-view\"><rect x=\"" + number(kLeft) + "\" y=\"" + number(kTop) + "\" width=\"" + number(kSide) +
         "\" height=\"" + number(kSide) + "\"/></clipPath><g clip-path=\"url(#still-view)\">" +
         (on_line ? line : plane)(session, shown, radius, view) + "</g></svg>";
}

std::string still_of_images(const Session& session, const std::string& shown) {
  const Matrix& clean = session.clean_points();
  const Matrix& samples = session.samples();
  Matrix noisy(clean.rows(), clean.cols());
  for (Index n = 0; n < clean.cols(); ++n) noisy.col(n) = samples.col(n * (samples.cols() / clean.cols()));
  constexpr Index kPitch = kPictureSide + 2;
  constexpr double kScale = 2, kRow = kScale * kPictureSide + 8;
  const double width = kLeft + kScale * static_cast<double>(clean.cols() * kPitch);
  double top = kTop;
  std::string rows;
  for (const auto& [name, pictures] : {std::pair<const char*, Matrix>("x", clean), {"y", noisy}, {"h(y)", session.evaluate(shown, noisy)}}) {
    rows += text(kLeft - 8, top + kScale * kPictureSide / 2 + 4, "end", name) + "<image x=\"" + number(kLeft) + "\" y=\"" + number(top) +
            "\" width=\"" + number(width - kLeft) + "\" height=\"" + number(kScale * kPictureSide) +
            "\" style=\"image-rendering:pixelated\" href=\"" + png_url(row_of(pictures, kPitch), static_cast<std::size_t>(clean.cols() * kPitch)) + "\"/>";
    top += kRow;
  }
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(width) + "\" height=\"" + number(top) + "\" viewBox=\"0 0 " +
         number(width) + " " + number(top) + "\" role=\"img\" aria-label=\"The clean images x, a noisy image y of each, and what the denoiser h makes of it\" "
         "font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#1c1f26\"><rect width=\"100%\" height=\"100%\" fill=\"#fdfdfb\"/>" + rows + "</svg>";
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '&') result += "&amp;";
    else if (c == '<') result += "&lt;";
    else if (c == '>') result += "&gt;";
    else if (c == '"') result += "&quot;";
    else result += c;
  }
  return result;
}

}  // namespace denoise::cli
