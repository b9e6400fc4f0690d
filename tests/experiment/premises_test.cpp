// What is said where training poses another problem than the closed form's.
#include "experiment/premises.h"

#include <gtest/gtest.h>

#include <utility>

#include "experiment/study.h"
#include "forms.h"

namespace denoise {
namespace {

PreparedExperiment prepared(const Matrix& clean, const Noise& noise,
                            const TrainingOptions& training = {}) {
  Experiment experiment;
  experiment.data.points = clean;
  experiment.noise = noise;
  experiment.training = training;
  return prepare(std::move(experiment));
}

std::vector<std::string> fields(const Matrix& clean, const Noise& noise,
                                const TrainingOptions& training = {}) {
  std::vector<std::string> where;
  Study study(prepared(clean, noise, training));
  if (study.seeks()) study.take(minimum_cost(study.clean(), study.radius()));
  for (const Premise& each : study.premises()) {
    EXPECT_EQ(each.message.back(), '.') << each.message;
    where.push_back(each.where);
  }
  return where;
}

using Fields = std::vector<std::string>;

TEST(Premises, NoneWhereTrainingPosesTheProblemOfTheTheorem) {
  for (const char* name : {"line-3", "line-8", "rays", "obtuse", "right", "equilateral", "acute"}) {
    EXPECT_EQ(fields(preset(name).points, balls(preset(name).radius)), Fields()) << name;
  }
}

TEST(Premises, WidthBelowTheFormsNeurons) {
  TrainingOptions few;
  few.width = 5;
  EXPECT_EQ(fields(equilateral(), balls(0.2), few), Fields{"training.width"});
  few.width = 6;
  EXPECT_EQ(fields(equilateral(), balls(0.2), few), Fields());
}

TEST(Premises, NoiseThatDrownsInFloats) {
  TrainingOptions decay;
  decay.method = TrainingMethod::kWeightDecay;
  EXPECT_EQ(fields(equilateral(), balls(1.8e-6), decay), Fields());
  EXPECT_EQ(fields(equilateral(), balls(1.7e-6), decay), Fields{"noise.radius"});
}

TEST(Premises, TheRateTheNoiseAndTheSamples) {
  TrainingOptions wild;
  wild.learning_rate = 1;
  EXPECT_EQ(fields(equilateral(), balls(0.2), wild), Fields{"training.learning_rate"});
  Noise fresh = balls(0.2);
  fresh.fresh = true;
  EXPECT_EQ(fields(equilateral(), fresh), Fields{"noise.fresh"});
  Noise gaussian;
  gaussian.model = NoiseModel::kGaussian;
  gaussian.level = 0.05;
  EXPECT_EQ(fields(equilateral(), gaussian), Fields{"noise.level"});
  EXPECT_EQ(fields(preset("line-3").points, gaussian), Fields()) << "the form of these samples";
  EXPECT_EQ(fields(equilateral(), balls(0.6)), Fields{"noise.radius"});
  EXPECT_EQ(fields(equilateral(), balls(0.02)), Fields{"training.steps"});
  Noise unknown = fresh;
  unknown.radius = 0.1;
  EXPECT_EQ(fields(Matrix::Identity(5, 5), unknown), Fields()) << "there is nothing to compare with";
  EXPECT_EQ(fields(preset("pentagon").points, unknown), Fields{"noise.fresh"});
}

TEST(Premises, FewSamplesAreComparedWithTheirOwnForm) {
  const Study study(prepared(equilateral(), balls(0.2, 2)));
  const Reference& reference = study.reference();
  ASSERT_TRUE(reference.form);
  EXPECT_TRUE(reference.of_samples);
  EXPECT_LT(reference.form->cost, closed_form(equilateral(), 0.2).cost);
  EXPECT_LT(reference.residual, 1e-12);
  EXPECT_EQ(fields(equilateral(), balls(0.2, 2)), Fields{"noise.samples"});
  EXPECT_EQ(fields(preset("line-3").points, balls(0.1, 2)), Fields()) << "both ends are samples";
}

}  // namespace
}  // namespace denoise
