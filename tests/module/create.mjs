// The WASM module for tests in node. It is built for browsers, so its bytes are handed to it.
// DENOISE_MODULE names another folder than the preset's build.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(fileURLToPath(new URL('.', import.meta.url)), '..', '..');
export const folder = process.env.DENOISE_MODULE ?? join(root, 'build', 'wasm', 'wasm_bindings');

export async function createModule() {
  const { default: create } = await import(pathToFileURL(join(folder, 'denoise.mjs')).href);
  return create({ wasmBinary: readFileSync(join(folder, 'denoise.wasm')) });
}

/** An experiment document's text. */
export const experiment = (points, noise = { radius: 0.1 }, rest = {}) =>
  JSON.stringify({ version: 1, data: { points }, noise, ...rest });
