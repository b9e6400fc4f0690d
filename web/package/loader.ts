// The package without its module, which a site serves apart: libdenoise/denoise.wasm.
import create from '#denoise/denoise.mjs';
import { denoise, kept } from './api';
import type { Denoise, Module } from './types/api';

async function given(source: string | URL | ArrayBuffer | Uint8Array): Promise<ArrayBuffer> {
  if (source instanceof ArrayBuffer) return source.slice(0);
  if (source instanceof Uint8Array) return new Uint8Array(source).buffer;
  const answer = await fetch(source).catch((error: Error) => {
    throw new Error(`The WebAssembly module could not be loaded from ${String(source)}: ${error.message}. Its bytes can be given instead.`);
  });
  if (!answer.ok) throw new Error(`The WebAssembly module could not be loaded (${answer.status}).`);
  return answer.arrayBuffer();
}

async function bytesOf(source: string | URL | ArrayBuffer | Uint8Array): Promise<ArrayBuffer> {
  const bytes = await given(source);
  if (!WebAssembly.validate(bytes)) throw new Error('What was loaded is no WebAssembly module.');
  return bytes;
}

/** @param source where the module is, or its bytes */
export const load = (source: string | URL | ArrayBuffer | Uint8Array): Denoise =>
  denoise(kept(async () => (await create({ wasmBinary: await bytesOf(source) })) as Module));
