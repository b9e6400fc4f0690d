// The experiments of reproduce/ in the page, the `denoise` command and the module under node: the
// same closed forms, and the same bits of training. DENOISE_COMMAND names another program than the
// native preset's.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { Description, Experiment, ExperimentData, Session } from '../../web/denoise';
import { weightsOf } from '../../web/engine/weights';
import { lineState } from '../../web/scenes/line/state';
import { planeState } from '../../web/scenes/plane/state';
import { linksOf } from '../../web/store/link';
import type { State } from '../../web/store/state';
import { createModule, OptimalitySearch } from '../module/create.mjs';
import { expect, held, open, pause, reached, test, value } from './page';

interface Document extends Experiment {
  risk?: unknown;
  evaluate?: { grid?: unknown; points?: number[][] };
  report?: string[];
}
interface Network {
  input_weights: number[][];
  biases: number[];
  output_weights: number[][];
  skip: number[][];
  offset: number[];
}
interface Result {
  experiment: Document;
  denoiser: { form: string; steps: number; loss: number; greatest_residual: number; rest: string };
  cost: number;
  values: number[][];
  network: Network;
}

const { defaults, writeHash } = linksOf({ line: lineState, plane: planeState });
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const program = process.env.DENOISE_COMMAND ?? here('../../build/native/cli/denoise');
const names = readdirSync(here('../../reproduce')).filter((name) => name.endsWith('.json') && name !== 'stated.json');
const documentOf = (name: string) => JSON.parse(readFileSync(here(`../../reproduce/${name}`), 'utf8')) as Document;

function run(document: Document): Result {
  const { status, stdout, stderr } = spawnSync(program, ['run', '-'], { input: JSON.stringify(document), encoding: 'utf8', maxBuffer: 1 << 28 });
  expect(status, `${program}: ${stderr}`).toBe(0);
  return JSON.parse(stdout) as Result;
}

/** The page's state for an experiment; fails on what the page cannot show. */
function stateOf({ data, noise = {}, training = {} }: Document, dimension: number): State {
  const { preset, points, ...otherData } = data as ExperimentData;
  const { radius, samples, seed: noiseSeed, ...otherNoise } = noise;
  const { width, method, weight_decay: lambda, learning_rate: rate, steps, seed, ...otherTraining } = training;
  expect({ ...otherData, ...otherNoise, ...otherTraining }, 'fields that the page has no key for').toEqual({});
  const given = { radius, samples, noiseSeed, width, method, lambda, rate, steps, seed };
  return {
    ...defaults[dimension === 1 ? 'line' : 'plane'],
    preset: preset ?? '',
    points: points ?? [],
    ...Object.fromEntries(Object.entries(given).filter(([, v]) => v !== undefined)),
  };
}

async function downloaded<T>(page: Page, button: string): Promise<T> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).click()]);
  return JSON.parse(readFileSync(await download.path(), 'utf8')) as T;
}

/** h at a point. */
function evaluate({ input_weights, biases, output_weights, skip, offset }: Network, y: number[]): number[] {
  const dot = (a: number[], b: number[]) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
  const active = input_weights.map((w, k) => Math.max(0, dot(w, y) + biases[k]!));
  return offset.map((c, i) => c + dot(skip[i]!, y) + active.reduce((sum, t, k) => sum + t * output_weights[k]![i]!, 0));
}

/** checksum() of the library, recomputed: FNV-1a of the sizes and of the weights by columns. */
function checksumOf({ input_weights, biases, output_weights, skip, offset }: Network): string {
  const d = offset.length;
  const columns = (rows: number[][]) => Array.from({ length: d }, (_, i) => rows.map((row) => row[i]!)).flat();
  const numbers = [...columns(input_weights), ...biases, ...output_weights.flat(), ...columns(skip), ...offset];
  const bytes = Buffer.alloc(8 * (2 + numbers.length));
  [d, biases.length].forEach((size, i) => bytes.writeBigUInt64LE(BigInt(size), 8 * i));
  numbers.forEach((v, i) => bytes.writeDoubleLE(v, 8 * (2 + i)));
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

/** What ends training with weight decay, as the page's worker finds it. */
function refit(session: Session, dimension: number, weightDecay: number): void {
  const search = new OptimalitySearch();
  search.begin(session.cleanPoints().slice(), session.samples().slice(), dimension, weightsOf(JSON.parse(session.network('trained'))), weightDecay);
  while (search.advance()) { /* goes on */ }
  session.takeOptimality(search.result());
  search.delete();
}

const module = createModule();

for (const name of names) {
  test(`${name}: the page, the command and node agree`, async ({ page }) => {
    const { risk, ...document } = documentOf(name);
    void risk; // the page has none
    const closed = run({ ...document, denoiser: { kind: 'closed-form' }, report: ['cost', 'network'] });
    const d = closed.network.offset.length;
    await open(page, writeHash(stateOf(document, d)));
    await expect(page.getByTestId('note')).toBeHidden();
    const { data, noise, training } = await downloaded<Document>(page, 'download-experiment');
    expect({ data, noise, training }, 'the experiment as the page runs it').toEqual({
      data: closed.experiment.data,
      noise: closed.experiment.noise,
      training: closed.experiment.training,
    });

    // The closed form, to 1e-9 of the data's size, which is about 1.
    expect(Math.abs((await value(page, 'formula-cost')) / closed.cost - 1)).toBeLessThan(1e-9);
    const form = await downloaded<Network>(page, 'download-closed-form');
    expect(form.biases.length).toBe(closed.network.biases.length);
    const steps = [-1.7, -0.61, -0.1, 0.2, 0.53, 1.31, 2.2];
    const places = d === 1 ? steps.map((x) => [x]) : steps.flatMap((x) => steps.map((y) => [x, y]));
    const { values } = run({ ...document, denoiser: { kind: 'closed-form' }, evaluate: { points: places }, report: [] });
    places.forEach((y, j) => {
      evaluate(form, y).forEach((v, i) => expect(Math.abs(v - values[j]![i]!), `h(${y}), ${i + 1}`).toBeLessThan(1e-9));
    });

    const session = new (await module).Session();
    const { refits } = JSON.parse(session.configure(JSON.stringify(document))) as Description;

    // Training in the page's worker, stopped somewhere; the same number of steps under node. Where it was
    // at its end before Pause, its refit may have come too.
    if (document.denoiser?.kind === 'trained') {
      await page.getByTestId('play').click();
      await reached(page, 'steps', (v) => v >= 40);
      await pause(page);
      const done = await held(page);
      const trained = await downloaded<Network>(page, 'download-network');
      session.startTraining();
      for (let step = 0; step < done; ) step += session.advance(1);
      expect(checksumOf(JSON.parse(session.network('trained')) as Network)).toBe(session.checksum());
      const bits = [session.checksum()];
      if (refits && session.trainingStatus().rest !== '') {
        refit(session, d, training.weight_decay!);
        bits.push(session.checksum());
      }
      expect(bits, `after ${done} steps`).toContain(checksumOf(trained));
    }

    // The empirical MMSE estimator of the module that the page runs, and the command's.
    const mmse = run({ ...document, denoiser: { kind: 'empirical-mmse' }, evaluate: { points: places }, report: [] });
    session.evaluate('empirical-mmse', Float64Array.from(places.flat())).forEach((v: number, i: number) => {
      expect(Math.abs(v - mmse.values.flat()[i]!)).toBeLessThan(1e-9);
    });
    session.delete();
  });
}

// WebAssembly and the native library differ in rounding, which a training of thousands of steps
// carries on: steps may differ by some looks of the rule, the network by this part of itself.
const tolerance = 1e-3;

test('the experiment of a page that trains, run by the command, gives the page’s numbers', async ({ page }) => {
  await open(page, 'v=1&scene=line&preset=line-3&width=40&samples=20&schedule=1000');
  await page.getByTestId('play').click();
  await expect(page.getByTestId('status')).toHaveText('Converged', { timeout: 60_000 });
  const document = await downloaded<Document>(page, 'download-experiment');
  expect(document.denoiser).toEqual({ kind: 'trained' });
  const { denoiser, cost } = run(document);
  expect(denoiser.rest).toBe('converged');
  const diameter = 3;
  expect(Math.abs((await value(page, 'steps')) - denoiser.steps)).toBeLessThanOrEqual(1000);
  expect(Math.abs((await value(page, 'cost')) - cost)).toBeLessThan(tolerance * cost);
  expect(Math.abs((await value(page, 'loss')) - denoiser.loss)).toBeLessThan((tolerance * diameter) ** 2);
  expect(Math.abs((await value(page, 'residual')) - denoiser.greatest_residual)).toBeLessThan(tolerance * diameter);
});

// The refit is in double on both sides, whose libraries of elementary functions round differently.
test('weight decay ends by a refit, to the command’s network but for rounding', async ({ page }) => {
  await open(page, 'v=1&scene=line&preset=line-3&samples=20&width=40&method=weight-decay&schedule=1000');
  const caption = page.getByTestId('caption');
  const refitted = 'Its output weights were fitted anew: its objective is within';
  await page.getByTestId('play').click();
  await expect(caption).toContainText(refitted, { timeout: 60_000 });
  await expect(page.getByTestId('status')).toContainText('Converged');
  const loss = await value(page, 'loss');
  const experiment = await downloaded<Document>(page, 'download-experiment');
  const result = run({ ...experiment, report: ['cost'] }) as Result & { denoiser: { refit: { gap: number } } };
  expect(result.denoiser.refit.gap).toBeLessThanOrEqual(1e-5);
  expect(Math.abs(loss / result.denoiser.loss - 1)).toBeLessThan(1e-9);
  expect(Math.abs((await value(page, 'cost')) / result.cost - 1)).toBeLessThan(1e-9);
  const kept = await downloaded<{ optimality: { gap: number } }>(page, 'download-run');
  expect(kept.optimality.gap).toBeLessThanOrEqual(1e-5);
  expect(kept.optimality).not.toHaveProperty('best');
  // One more step is of the network that gradients had come to.
  await page.getByTestId('step').click();
  await expect(caption).not.toContainText(refitted);
});
