// The least cost of points in the plane of which one is dragged, in the module: sought from what was found
// at the place before, beside sought anew. Needs the wasm preset:
//   node bench/dragged_point.mjs [places = 300]
// CPU milliseconds of each place; the place moves on a circle of a twentieth
// of the points' diameter, or less where others are near.
import { MinimumCostSolver } from '../tests/module/create.mjs';
import { samePoints } from './points.mjs';

const places = Number(process.argv[2] ?? 300);
const distance = (p, q) => Math.hypot(...p.map((v, i) => v - q[i]));
const ranked = (values, part) => values.toSorted((a, b) => a - b)[Math.floor(part * (values.length - 1))];
const stream = samePoints(10_000, 2);

/** Points no two of which are nearer than 0.25 / N of their diameter. */
function some(count) {
  for (;;) {
    const points = stream.splice(0, count);
    const apart = points.flatMap((p, i) => points.slice(0, i).map((q) => distance(p, q)));
    const [least, most] = [Math.min(...apart), Math.max(...apart)];
    if (least > (0.25 / count) * most) return { points, least, most };
  }
}

console.log('| N | anew, ms | 95 % | from near by, ms | 95 % | anew over near, medians | without a round | costs differ by |');
console.log('|---|---|---|---|---|---|---|---|');
for (const count of [3, 4, 5, 6, 8, 10, 12]) {
  const { points, least, most } = some(count);
  const solvers = [new MinimumCostSolver(), new MinimumCostSolver()];
  const times = [[], []];
  const swing = Math.min(most / 20, 0.4 * least);
  let rounds = 0, differ = 0;
  for (let place = 0; place < places; ++place) {
    const at = 0.1 * place; // radians: some sixty places a turn
    const [x, y] = points[0];
    const moved = Float64Array.from([x + swing * Math.sin(at), y + swing * Math.cos(at), ...points.slice(1).flat()]);
    const found = solvers.map((solver, near) => {
      const begun = process.cpuUsage();
      solver[near ? 'beginNear' : 'begin'](moved, 2, 0.15 * least);
      while (solver.advance(1e9)) { /* goes on */ }
      const result = JSON.parse(solver.result());
      const { user, system } = process.cpuUsage(begun);
      if (place > 0) times[near].push((user + system) / 1000);
      return result;
    });
    if (found[1].rounds === 0) ++rounds;
    differ = Math.max(differ, Math.abs(found[1].cost / found[0].cost - 1));
  }
  for (const solver of solvers) solver.delete();
  const [anew, near] = times;
  console.log(`| ${[count, ...[anew, near].flatMap((list) => [ranked(list, 0.5), ranked(list, 0.95)]).map((ms) => ms.toFixed(2)), (ranked(anew, 0.5) / ranked(near, 0.5)).toFixed(1), `${Math.round((100 * rounds) / places)} %`, differ.toExponential(0)].join(' | ')} |`);
}
