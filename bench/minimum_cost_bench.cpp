// Seeks least costs that it is given: one instance a line, "d N radius x_11 .. x_1d x_21 ..". Answers
// with a line of JSON for each: the least CPU milliseconds of three runs, cost and gap.
#include <ctime>
#include <iostream>
#include <limits>

#include "denoise/minimum_cost.h"

int main() {
  std::cout.precision(15);
  for (denoise::Index d, count; std::cin >> d >> count;) {
    double radius;
    denoise::Matrix points(d, count);
    std::cin >> radius;
    for (double& coordinate : points.reshaped()) std::cin >> coordinate;
    denoise::MinimumCost found;
    double least = std::numeric_limits<double>::infinity();
    for (int run = 0; run < 3; ++run) {
      const std::clock_t begun = std::clock();
      found = denoise::minimum_cost(points, radius);
      least = std::min(least, 1e3 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC);
    }
    std::cout << "{\"ms\": " << least << ", \"cost\": " << found.cost
              << ", \"gap\": " << found.gap() << "}" << std::endl;
  }
}
