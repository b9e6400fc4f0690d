// The table of arrangements in docs/results.md: how near default training comes to the certified least cost
// where no closed form is known to be the cheapest. Twelve arrangements, 20 seeds each; some minutes:
//   node reproduce/arrangements.mjs [--documents] [name ...]
// DENOISE_COMMAND names another program than the native preset's.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const command = process.env.DENOISE_COMMAND ?? fileURLToPath(new URL('../build/native/cli/denoise', import.meta.url));
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const documents = process.argv.includes('--documents');
const seeds = Array.from({ length: 20 }, (_, i) => i + 1);

function result(document) {
  if (documents) console.log(JSON.stringify(document));
  const { status, stdout, stderr } = spawnSync(command, ['run', '-'], { input: JSON.stringify(document), encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const distance = ([a, b], [c, d]) => Math.hypot(a - c, b - d);
const least = (points) => Math.min(...points.flatMap((p, i) => points.slice(0, i).map((q) => distance(p, q))));

/** So many points of the unit square, at least 0.25 apart, to three digits. */
function random(count, seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes' generator
    return Math.round((1000 * state) / 2 ** 32) / 1000;
  };
  const points = [];
  while (points.length < count) {
    const point = [next(), next()];
    if (points.every((other) => distance(other, point) >= 0.25)) points.push(point);
  }
  return points;
}

/** Each with 2 rho = 0.3 of the least distance. */
const polygon = (corners) => Array.from({ length: corners }, (_, k) => [Math.cos((2 * Math.PI * k) / corners), Math.sin((2 * Math.PI * k) / corners)]);
const arrangements = {
  square: polygon(4), 'regular pentagon': polygon(5), 'regular hexagon': polygon(6), '3 x 3 grid': [0, 1, 2].flatMap((x) => [0, 1, 2].map((y) => [x, y])),
};
for (const [count, ...own] of [[4, 1, 2], [5, 1, 2], [6, 1, 2], [7, 1], [8, 1]]) {
  for (const seed of own) arrangements[`${count} random (${seed})`] = random(count, 1000 * count + seed);
}

const digits = (value, n = 5) => Number(value.toPrecision(n)).toString();
const percent = (share) => `${(100 * share).toPrecision(2)} %`;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);

const heads = ['points', 'unique', 'least cost', 'of the samples', 'trained, least', 'most', 'distance, median', 'most', 'of the samples', 'within'];
row(...heads);
row(...heads.map(() => '---'));
for (const [name, points] of Object.entries(arrangements)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const diameter = Math.max(...points.flatMap((p) => points.map((q) => distance(p, q))));
  const noise = { radius: 0.15 * least(points) };
  const certified = result({ version: 1, data: { points }, noise, denoiser: { kind: 'minimum-cost' }, report: ['cost'] });
  const trained = (seed, report) => result({ version: 1, data: { points }, noise, denoiser: { kind: 'trained' }, training: { seed }, report });
  const runs = seeds.map((seed) => trained(seed, ['cost', 'comparison']).comparison);
  const { optimality } = trained(1, ['optimality', 'comparison']);
  const excess = runs.map(({ cost_ratio: ratio }) => ratio - 1), far = runs.map(({ sup }) => sup / diameter);
  const within = runs.filter((_, i) => Math.abs(excess[i]) <= 0.01 && far[i] <= 0.01).length;
  row(name, certified.denoiser.unique ? 'yes' : 'not found', digits(certified.cost, 8), percent(optimality.lower_bound / certified.cost - 1),
    percent(Math.min(...excess)), percent(Math.max(...excess)), percent(median(far)), percent(Math.max(...far)), percent(optimality.best_sup / diameter), `${within} of ${seeds.length}`);
}
