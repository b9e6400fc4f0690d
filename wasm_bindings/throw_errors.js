// Joined to the module's JavaScript: a method that returns an Error throws it here, where
// no C++ frame is left to unwind (see conversions.h).
addOnPostRun(() => {
  for (const made of [Module['Session'], Module['MinimumCostSolver'], Module['OptimalitySearch'], Module['Flows']].filter(Boolean)) {
    const methods = made.prototype;
    for (const name of Object.keys(methods)) {
      const method = methods[name];
      methods[name] = function (...values) {
        const answer = method.apply(this, values);
        if (answer instanceof Error) throw answer;
        return answer;
      };
    }
  }
});
