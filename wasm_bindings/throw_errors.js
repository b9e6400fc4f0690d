// Joined to the module's JavaScript: a method or function that returns an Error throws it here, where
// no C++ frame is left to unwind (see conversions.h).
addOnPostRun(() => {
  const throwing = (call) =>
    function (...values) {
      const answer = call.apply(this, values);
      if (answer instanceof Error) throw answer;
      return answer;
    };
  const classes = ['Session', 'MinimumCostSolver', 'AnyWidthSolver', 'SplitRampSolver', 'OptimalitySearch', 'Flows', 'RiskCurve'];
  for (const made of classes.map((name) => Module[name]).filter(Boolean)) {
    const methods = made.prototype;
    for (const name of Object.keys(methods)) methods[name] = throwing(methods[name]);
  }
});
