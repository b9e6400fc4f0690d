// Training on ten digits in all 784 dimensions against training in the images' affine hull (nine),
// natively: seconds of CPU, where each ends, and how far the two denoisers are apart on fresh noisy
// images. Needs build/native and build/digits/mnist.bin (npm run build makes it).
//   node bench/images.mjs [--samples 100] [--steps 1500] [--width 500] [--fresh] [--pairs]
//                         [--level 0.3 | --radius 1] [--method augmented-lagrangian] [--seed 1] [--rate 0.01]
//                         [--only full|subspace]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inflateSync } from 'node:zlib';

const { values: asked } = parseArgs({
  options: {
    samples: { type: 'string', default: '100' },
    steps: { type: 'string', default: '1500' },
    rate: { type: 'string' },
    width: { type: 'string', default: '500' },
    level: { type: 'string', default: '0.3' },
    radius: { type: 'string' },
    method: { type: 'string', default: 'augmented-lagrangian' },
    seed: { type: 'string', default: '1' },
    fresh: { type: 'boolean', default: false },
    pairs: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
// A noise ball's samples have the length of Gaussian noise of this level.
const level = asked.radius ? Number(asked.radius) / 28 : Number(asked.level);
const size = asked.radius ? { radius: Number(asked.radius) } : { level };
const seed = Number(asked.seed);
const root = fileURLToPath(new URL('..', import.meta.url));
const choices = JSON.parse(readFileSync(join(root, 'web/scenes/images/choices.json'), 'utf8')); // the page's
const { indices } = choices.find(({ name }) => name === (asked.pairs ? 'pairs' : 'each'));
const idx = inflateSync(readFileSync(join(root, 'build/digits/mnist.bin')));
const work = mkdtempSync(join(tmpdir(), 'denoise-images-'));
writeFileSync(join(work, 'mnist.idx'), idx);

/** Normal numbers by Box and Muller from a small seeded generator: inputs, not a part of training. */
function normals(count) {
  let state = 0x9e3779b9;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  return Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}

const clean = indices.map((i) => Array.from(idx.subarray(16 + 784 * i, 16 + 784 * (i + 1)), (byte) => byte / 255));
const perImage = 20;
const noise = normals(clean.length * perImage * 784);
const inputs = clean.flatMap((x, n) =>
  Array.from({ length: perImage }, (_, m) => x.map((v, i) => v + level * noise[(n * perImage + m) * 784 + i])),
);

function train(subspace) {
  const document = {
    version: 1,
    data: { images: { set: 'mnist', indices } },
    noise: { ...size, samples: Number(asked.samples), seed, fresh: asked.fresh },
    denoiser: { kind: 'trained' },
    training: { width: Number(asked.width), steps: Number(asked.steps), method: asked.method, seed, subspace, ...(asked.rate && { learning_rate: Number(asked.rate) }) },
    evaluate: { points: inputs },
    report: ['alignment', 'history', 'cost'],
  };
  const command = `${join(root, 'build/native/cli/denoise')} run --images mnist=${join(work, 'mnist.idx')} - >&3`;
  const child = spawn('bash', ['-c', `TIMEFORMAT='%U %S'; time ${command}`], { stdio: ['pipe', 'ignore', 'pipe', 'pipe'] });
  const texts = { 2: '', 3: '' };
  for (const stream of [2, 3]) child.stdio[stream].setEncoding('utf8').on('data', (text) => (texts[stream] += text));
  child.stdin.end(JSON.stringify(document));
  return new Promise((resolve) =>
    child.on('close', () => {
      const seconds = texts[2].trim().split(/\s+/).map(Number);
      resolve({ ...JSON.parse(texts[3]), seconds: seconds[0] + seconds[1] });
    }),
  );
}

const rms = (rows, others) =>
  Math.sqrt(rows.reduce((sum, row, j) => sum + row.reduce((s, v, i) => s + (v - others[j][i]) ** 2, 0), 0) / rows.length);
const targets = inputs.map((_, j) => clean[Math.floor(j / perImage)]);

const kinds = ['full', 'subspace'].filter((kind) => !asked.only || kind === asked.only);
// One core each.
const runs = await Promise.all(kinds.map((kind) => train(kind === 'subspace')));
rmSync(work, { recursive: true });
const refused = runs.find((run) => run.error);
if (refused) {
  console.error(`${refused.error.where}: ${refused.error.message}`);
  process.exit(1);
}
console.log(JSON.stringify(asked));
console.log('| training | CPU s | loss / its start | cost | edges, input (chance) | faces, input (chance) | mass outside | rms error |');
console.log('|---|---|---|---|---|---|---|---|');
runs.forEach((run, i) => {
  const last = run.history.at(-1);
  const { edges, faces, outside_hull } = run.alignment;
  const of = ({ input }) => `${input.mean.toFixed(3)} (${input.null_mean.toFixed(3)})`;
  console.log(
    `| ${kinds[i]} | ${run.seconds.toFixed(1)} | ${(last.loss / run.history[0].loss).toExponential(1)} | ${run.cost.toFixed(2)} | ` +
      `${of(edges)} | ${of(faces)} | ${outside_hull.input.toFixed(3)} | ${rms(run.values, targets).toFixed(3)} |`,
  );
});
if (runs.length === 2) {
  console.log(`rms difference of the two on fresh noisy images: ${rms(runs[0].values, runs[1].values).toFixed(4)} ` +
    `(the images are ${rms(clean.slice(1), clean.map(() => clean[0]).slice(1)).toFixed(2)} apart, the noise is ${(level * 28).toFixed(2)} long)`);
}
