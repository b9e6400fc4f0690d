// The certified least cost of random points in the plane: this library, natively and in the module,
// beside a conic programme over fixed directions in Python (Debian's python3-cvxopt, if installed).
// Needs the bench preset and the wasm preset:
//   node bench/minimum_cost.mjs [instances a size [directions]]
// Times are CPU time, of each instance the least of three runs; given are medians over the instances.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MinimumCostSolver } from '../tests/module/create.mjs';
import { samePoints } from './points.mjs';

const instances = Number(process.argv[2] ?? 20);
const directions = Number(process.argv[3] ?? 720);
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const distance = (p, q) => Math.hypot(...p.map((v, i) => v - q[i]));

/** Points no two of which are nearer than 0.25 / N of their diameter, at half the greatest radius. */
function* problems(d, count) {
  const stream = samePoints(100 * instances * count, d);
  while (stream.length >= count) {
    const points = stream.splice(0, count);
    const apart = points.flatMap((p, i) => points.slice(0, i).map((q) => distance(p, q)));
    const least = Math.min(...apart);
    if (least > (0.25 / count) * Math.max(...apart)) yield { points, radius: 0.25 * least };
  }
}

function lines(command, options, problems) {
  const input = problems.map(({ points, radius }) => [points[0].length, points.length, radius, ...points.flat()].join(' ')).join('\n');
  const { status, stdout, stderr } = spawnSync(command, options, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return stdout.trim().split('\n').map((line) => JSON.parse(line));
}

function inModule({ points, radius }) {
  let least = Infinity, found;
  for (let run = 0; run < 3; ++run) {
    const begun = process.cpuUsage();
    const solver = new MinimumCostSolver();
    solver.begin(Float64Array.from(points.flat()), points[0].length, radius);
    while (solver.advance(1e4)) { /* goes on */ }
    found = JSON.parse(solver.result());
    solver.delete();
    const { user, system } = process.cpuUsage(begun);
    least = Math.min(least, (user + system) / 1000);
  }
  return { ms: least, cost: found.cost };
}

const python = ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['-c', 'import cvxopt']).status === 0);
if (!python) console.log('cvxopt is not installed');
console.log('| d | N | native ms, greatest | native ms | module ms | worst gap | cvxopt ms | over native | its excess |');
console.log('|---|---|---|---|---|---|---|---|---|');
for (const [d, count] of [3, 4, 5, 6, 8, 10, 12, 20, 40].map((n) => [2, n])) {
  const some = [];
  for (const each of problems(d, count)) {
    if (some.length < (count > 12 ? Math.ceil(instances / 4) : instances)) some.push(each);
    else break;
  }
  const native = lines(at('../build/bench/bench/minimum_cost_bench'), [], some);
  const module = some.map(inModule);
  // The interior point of cvxopt takes minutes from here on.
  const few = count <= 10 ? some.slice(0, 5) : [];
  const conic = python && few.length > 0 ? lines(python, [at('peers/conic.py'), String(directions)], few) : [];
  const times = (list) => list.map(({ ms }) => ms);
  const said = (list, f) => (list.length > 0 ? f(list) : '');
  console.log(`| ${[
    d, count, Math.max(...times(native)).toFixed(1), median(times(native)).toFixed(2), median(times(module)).toFixed(2),
    Math.max(...native.map(({ gap }) => gap)).toExponential(0),
    said(conic, (list) => median(times(list)).toFixed(0)),
    said(conic, (list) => `${median(list.map(({ ms }, i) => ms / native[i].ms)).toFixed(0)} x`),
    said(conic, (list) => Math.max(...list.map(({ cost }, i) => cost / native[i].cost - 1)).toExponential(1)),
  ].join(' | ')} |`);
}
