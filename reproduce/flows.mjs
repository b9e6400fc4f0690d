// The tables of docs/results.md: where flows of minimum-norm denoisers end. Each row is one document
// that `denoise run` takes, which --documents prints before it. Seconds each; minutes of subsets:
//   node reproduce/flows.mjs [--documents] [--figures FOLDER] [subsets|levels|points|banks|equilateral ...]
// DENOISE_COMMAND names another program than the native preset's.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const command = process.env.DENOISE_COMMAND ?? fileURLToPath(new URL('../build/native/cli/denoise', import.meta.url));
const { values: { documents, figures }, positionals: asked } = parseArgs({
  options: { documents: { type: 'boolean' }, figures: { type: 'string' } },
  allowPositionals: true,
});

/** The result of a document; throws what the command says of one that it refuses. */
function result(document) {
  if (documents) console.log(JSON.stringify(document));
  const { status, stdout, stderr, error } = spawnSync(command, ['run', '-'], {
    input: JSON.stringify(document), encoding: 'utf8', maxBuffer: 1 << 30,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
const percent = (share) => `${(100 * share).toFixed(1)} %`;
const interval = ({ value, low, high }) => `${percent(value)} (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;
let rows = []; // of the table that is being made
function row(...cells) {
  rows.push(cells.map(String));
  console.log(`| ${cells.join(' | ')} |`);
}
function head(title, ...cells) {
  console.log(`\n## ${title}\n`);
  row(...cells);
  row(...cells.map(() => '---'));
  rows = [];
}

/** The origin and a unit vector along each axis. */
const orthogonal = (d) => [Array(d).fill(0), ...Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => +(i === j)))];

/** The sums of `size` of the d unit vectors. */
function sums(d, size) {
  const sets = [];
  const extend = (set, from) => {
    if (set.length === size) return void sets.push(set);
    for (let i = from; i < d; ++i) extend([...set, i], i + 1);
  };
  extend([], 0);
  return sets.map((set) => Array.from({ length: d }, (_, i) => +set.includes(i)));
}

const tables = {
  /** Which sums of 30 orthogonal points stay: of the closed form and of trained networks. */
  subsets() {
    const d = 30, thresholds = [0.05, 0.1, 0.2, 0.3];
    const common = { version: 1, data: { points: orthogonal(d) }, noise: { radius: 0.1, samples: 100 } };
    const training = { width: 300, steps: 20_000, seed: 1 };
    const decay = (weight_decay) => ({ ...training, method: 'weight-decay', weight_decay });
    const runs = {
      'closed form': null,
      'augmented Lagrangian': { ...training, method: 'augmented-lagrangian' },
      'weight decay 1e-3': decay(1e-3),
      'weight decay 1e-4': decay(1e-4),
      'weight decay 1e-5': decay(1e-5),
      'weight decay 1e-6': decay(1e-6),
      'no regularisation': decay(0),
    };
    const ways = { 'fixed-point iteration': { method: 'fixed-point', time: 1000 }, 'score flow': { time: 20 } };
    const starts = [2, 3, 4].map((size) => sums(d, size));
    head('Sums of 30 orthogonal points', 'denoiser', 'residual', 'way', 'sums of', ...thresholds.map((t) => `stays within ${t}`));
    for (const [name, settings] of Object.entries(runs)) {
      const trained = settings && result({ ...common, denoiser: { kind: 'trained' }, training: settings, report: ['network', 'residual'] });
      const denoiser = trained ? { kind: 'network', network: trained.network } : { kind: 'closed-form' };
      for (const [way, flow] of Object.entries(ways)) {
        const { ends } = result({ ...common, denoiser, flow: { ...flow, starts: { points: starts.flat() }, records: 1 }, report: ['ends'] });
        let at = 0;
        for (const [i, of] of starts.entries()) {
          const moved = of.map((start) => Math.max(...ends.list[at++].point.map((v, j) => Math.abs(v - start[j]))));
          const residual = trained ? trained.residual.toPrecision(2) : '0';
          row(name, residual, way, `${i + 2} (${of.length})`, ...thresholds.map((t) => percent(moved.filter((m) => m <= t).length / of.length)));
        }
      }
    }
  },

  /** Ends of 500 samples over sigma_T, by score flow and by probability flow. */
  levels() {
    head('Ten orthogonal points: ends over the first level', 'sigma_T', 'flow', 'training point', 'virtual point', 'boundary', 'inside', 'outside');
    for (const level of [0.05, 0.1, 0.2, 0.3, 0.4, 0.45]) {
      for (const kind of ['score', 'probability']) {
        const { census } = result({
          version: 1, data: { points: orthogonal(10) }, noise: { radius: level }, denoiser: { kind: 'closed-form' },
          flow: {
            kind, starts: { count: 500, level: 0.5 }, census: { threshold: 0.02, norm: 'greatest' },
            ...(kind === 'probability' ? { schedule: { greatest: level } } : { time: 1000, records: 1 }),
          },
          report: ['census'],
        });
        row(level, kind, ...['training-point', 'virtual-point', 'boundary', 'inside', 'outside'].map((end) => interval(census.shares[end])));
      }
    }
  },

  /** Where 500 samples end as the points become more: by probability flow, of the closed form and of the
   *  empirical MMSE, and by score flow. */
  points() {
    head('Orthogonal points: memorised as they become more', 'points', 'denoiser', 'flow', 'training point', 'virtual point', 'boundary', 'ratio below 1/3');
    for (const d of [1, 2, 4, 8, 16, 30]) {
      for (const [kind, way] of [['closed-form', 'probability'], ['empirical-mmse', 'probability'], ['closed-form', 'score']]) {
        const { census } = result({
          version: 1, data: { points: orthogonal(d) }, noise: { radius: 0.4 }, denoiser: { kind },
          flow: {
            kind: way, starts: { count: 500, level: 0.4 }, census: { threshold: 0.05, norm: 'greatest' },
            ...(way === 'probability' ? { schedule: { greatest: 0.4 } } : { time: 1000, records: 1 }),
          },
          report: ['census'],
        });
        row(d + 1, kind, way, ...['training-point', 'virtual-point', 'boundary'].map((end) => interval(census.shares[end])), interval(census.memorised));
      }
    }
  },

  /** The same of networks that are trained, one for each of 12 levels, beside the closed form at those. */
  banks() {
    head('Orthogonal points: trained banks', 'points', 'denoiser', 'training point', 'virtual point', 'boundary', 'outside', 'ratio below 1/3');
    const trained = (training, samples = 100) => ({ denoiser: { kind: 'trained' }, training, noise: { radius: 0.4, samples } });
    const decay = (weight_decay) => ({ method: 'weight-decay', weight_decay });
    const runs = {
      'closed form': { denoiser: { kind: 'closed-form' } },
      'trained bank': trained({}),
      'the same, width 100': trained({ width: 100 }),
      'the same, width 400': trained({ width: 400 }),
      'the same, 50 samples a point': trained({}, 50),
      'the same, 200 samples a point': trained({}, 200),
      'the same, 400 samples a point': trained({}, 400),
      'the same, weight decay 1e-3': trained(decay(1e-3)),
      'the same, weight decay 1e-4': trained(decay(1e-4)),
      'the same, weight decay 1e-5': trained(decay(1e-5)),
      'the same, no regularisation': trained(decay(0)),
    };
    for (const d of [1, 2, 4, 8]) {
      for (const [name, own] of Object.entries(runs)) {
        const { census } = result({
          version: 1, data: { points: orthogonal(d) }, noise: { radius: 0.4 }, ...own,
          flow: {
            kind: 'probability', starts: { count: 500, level: 0.4 }, schedule: { greatest: 0.4, levels: 12, least: 0.01 },
            census: { threshold: 0.05, norm: 'greatest' },
          },
          report: ['census'],
        });
        row(d + 1, name, ...['training-point', 'virtual-point', 'boundary', 'outside'].map((end) => interval(census.shares[end])), interval(census.memorised));
      }
    }
  },

  /** First the face, then the vertex: where 500 score flows of an equilateral triangle are at a time. */
  equilateral() {
    head('An equilateral triangle: the score flow in time', 'time', 'inside', 'face', 'vertex');
    for (const time of [0.1, 1, 2, 4, 8, 16]) {
      const { census } = result({
        version: 1, data: { points: [[0, 0], [1, 0], [0.5, 0.8660254037844386]] }, noise: { radius: 0.15 }, denoiser: { kind: 'closed-form' },
        flow: { starts: { count: 500, level: 0.15 }, time, records: 1, census: { threshold: 0.02 } }, report: ['census'],
      });
      row(time, ...['inside', 'boundary', 'training-point'].map((end) => interval(census.shares[end])));
    }
  },
};

/** "84.0 % (81.0 to 87.0)" as numbers. */
const numbers = (cell) => cell.match(/[\d.]+/g).map(Number);
const of = (column, name) => (cells) => [[name(cells), [Number.parseFloat(cells[0]), ...numbers(cells[column])]]];
const each = (...columns) => (cells) => columns.flatMap((column) => column(cells));

const named = ([, kind, way]) => `${kind === 'closed-form' ? 'closed form' : 'MMSE'}, ${way.replace('ability', '.')}`;

/** The figure of a table: what a row adds to which line. */
const plots = {
  subsets: {
    title: 'How many sums of 30 orthogonal points stay; denoisers that leave none in its place are not drawn', x: 'threshold', some: true,
    lines: ([name, , way, sums, ...cells]) => cells.map((cell, k) => [`${name.replace('augmented ', '')}, ${sums.split(' ')[0]}, ${way === 'score flow' ? 'flow' : 'iterated'}`, [[0.05, 0.1, 0.2, 0.3][k], ...numbers(cell)]]),
  },
  levels: {
    title: 'Where flows of ten orthogonal points end, over the first noise level', x: 'σ_T',
    lines: each(of(2, ([, kind]) => `${kind}: training point`), of(3, ([, kind]) => `${kind}: virtual point`), of(4, ([, kind]) => `${kind}: boundary`)),
  },
  points: {
    title: 'How much is memorised of orthogonal points as they become more', x: 'points', log: true,
    lines: each(of(3, named), of(6, (cells) => `${named(cells)}, ratio`)),
  },
  banks: { title: 'How much trained banks memorise as orthogonal points become more', x: 'points', log: true, lines: of(2, ([, name]) => name.replace('the same, ', '')) },
  equilateral: {
    title: 'An equilateral triangle: where the score flow is in time', x: 'r', log: true,
    lines: each(of(1, () => 'inside'), of(2, () => 'face'), of(3, () => 'vertex')),
  },
};

// Tables need no npm package; figures need D3's scales.
async function draw(name) {
  const { shares } = await import('./plots.mjs');
  const { lines, some, ...words } = plots[name];
  const series = {};
  for (const cells of rows) for (const [line, point] of lines(cells)) (series[line] ??= []).push(point);
  if (some) for (const line of Object.keys(series)) if (series[line].every(([, share]) => share === 0)) delete series[line];
  writeFileSync(join(figures, `flows-${name}.svg`), shares(series, words));
}

if (figures !== undefined) mkdirSync(figures, { recursive: true });
const unknown = asked.find((name) => !Object.hasOwn(tables, name));
if (unknown !== undefined) throw new Error(`There is no table ${unknown}; there are ${Object.keys(tables).join(', ')}.`);
for (const [name, make] of Object.entries(tables)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  make();
  if (figures !== undefined) await draw(name);
}
