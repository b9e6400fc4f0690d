// A stranger's program: built against the installed package, outside the project's tree.
#include <denoise/closed_form.h>
#include <denoise/error.h>
#include <denoise/trainer.h>
#include <denoise/version.h>

#include <cmath>
#include <iostream>

int main() {
  const denoise::Matrix points{{-1, 0, 2}};
  const denoise::ClosedForm h = denoise::closed_form(points, 0.1);
  denoise::Trainer trainer(points, {}, {});
  trainer.step(10);
  bool refused = false;
  try {
    denoise::closed_form(points, 0.5);
  } catch (const denoise::Error& error) {
    refused = error.where() == "noise.radius";
  }
  std::cout << "denoise " << denoise::kVersion << ": cost " << h.cost << "\n";
  return std::abs(h.cost - 4.722222222) < 1e-8 && trainer.status().step == 10 && refused ? 0 : 1;
}
