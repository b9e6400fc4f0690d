// Where training arrives, natively (the denoise command) and in the module under node: 20 seeds of
// each preset, default settings, 80 samples a point (600 in three dimensions), radii from 0.15 to
// 0.3 of half the least distance. `time` is the process's CPU time of one run on one thread.
//   node bench/arrival.mjs native|wasm [seeds] [preset ...]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createModule } from '../tests/module/create.mjs';

const [where = 'native', seeds = '20', ...chosen] = process.argv.slice(2);
const names = ['line-3', 'line-5', 'line-8', 'obtuse', 'equilateral', 'acute', 'rays', 'orthogonal-3d'];
const command = fileURLToPath(new URL('../build/native/cli/denoise', import.meta.url));
const module = await createModule();
const presets = JSON.parse(module.presets());

const distance = (p, q) => Math.hypot(...p.map((v, i) => v - q[i]));
const pairs = (points) => points.flatMap((p, j) => points.slice(0, j).map((q) => distance(p, q)));

function experiment(points, seed) {
  const share = 0.15 + (0.15 * ((7 * seed) % 20)) / 19;
  return {
    version: 1,
    data: { points },
    noise: { radius: (share * Math.min(...pairs(points))) / 2, samples: points[0].length === 3 ? 600 : 80, seed },
    denoiser: { kind: 'trained' },
    training: { seed },
    report: ['comparison'],
  };
}

/** CPU seconds of children and of this process. */
function native(document) {
  const script = `${command} run - >&3`;
  const { output } = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; time ${script}`], {
    input: JSON.stringify(document),
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
  const { comparison } = JSON.parse(output[3].toString());
  const seconds = output[2].toString().trim().split(/\s+/).map(Number);
  return { sup: comparison.sup, costRatio: comparison.cost_ratio, seconds: seconds[0] + seconds[1] };
}

function inModule(document) {
  const session = new module.Session();
  const before = process.cpuUsage();
  const { experiment: filled } = JSON.parse(session.configure(JSON.stringify(document)));
  session.startTraining();
  // Short calls, as the page makes them.
  const samples = session.samples().length / document.data.points[0].length;
  for (let step = 0; step < filled.training.steps; ) step += session.advance(Math.min(20, filled.training.steps - step) * samples);
  const { user, system } = process.cpuUsage(before);
  const { sup, costRatio } = JSON.parse(session.comparison());
  session.delete();
  return { sup, costRatio, seconds: (user + system) * 1e-6 };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
console.log('| preset | sup <= 0.002 of the diameter | greatest | median | cost off, greatest | s, median | s, greatest |');
console.log('|---|---|---|---|---|---|---|');
for (const name of chosen.length > 0 ? chosen : names) {
  const { points } = presets.find((each) => each.name === name);
  const diameter = Math.max(...pairs(points));
  const runs = Array.from({ length: Number(seeds) }, (_, i) => (where === 'wasm' ? inModule : native)(experiment(points, i + 1)));
  const sups = runs.map(({ sup }) => sup / diameter);
  const times = runs.map(({ seconds }) => seconds);
  const within = sups.filter((sup) => sup <= 0.002).length;
  const off = Math.max(...runs.map(({ costRatio }) => Math.abs(costRatio - 1)));
  console.log(
    `| ${name} | ${within} of ${runs.length} | ${Math.max(...sups).toFixed(5)} | ${median(sups).toFixed(5)} | ${(100 * off).toFixed(2)} % | ${median(times).toFixed(2)} | ${Math.max(...times).toFixed(2)} |`,
  );
}
