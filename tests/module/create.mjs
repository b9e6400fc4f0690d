// The WASM module for tests in node. It is built for browsers, so its bytes are handed to it.
// DENOISE_MODULE names another folder than the preset's build.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(fileURLToPath(new URL('.', import.meta.url)), '..', '..');
export const folder = process.env.DENOISE_MODULE ?? join(root, 'build', 'wasm', 'wasm_bindings');

async function create(name) {
  const { default: made } = await import(pathToFileURL(join(folder, `${name}.mjs`)).href);
  return made({ wasmBinary: readFileSync(join(folder, `${name}.wasm`)) });
}
export const createModule = () => create('denoise');
export const { AnyWidthSolver, Flows, MinimumCostSolver, OptimalitySearch, RiskCurve, SplitRampSolver } = await create('minimum_cost');

/** Seeks what the description says and hands it to the session, whose new description it returns. */
export function takeLeastCost(session, { dimension, radius, searching }) {
  const ramps = searching === 'split-ramp';
  const solver = ramps ? new SplitRampSolver() : new MinimumCostSolver();
  solver.begin(session.cleanPoints().slice(), dimension, radius);
  while (solver.advance(1e4)) { /* goes on */ }
  const description = ramps ? session.takeSplitRamps(solver.result().slice()) : session.takeMinimumCost(solver.result());
  solver.delete();
  return description;
}

/** An experiment document's text. */
export const experiment = (points, noise = { radius: 0.1 }, rest = {}) =>
  JSON.stringify({ version: 1, data: { points }, noise, ...rest });
