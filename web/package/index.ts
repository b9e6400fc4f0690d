// The package with its module inside.
import create from '#denoise/denoise.mjs';
import wasm from '#denoise/denoise.wasm?url';
import { wasmBytes } from '#wasm-bytes';
import { denoise, kept } from './api';
import type { Module } from './types/api';

export const { closedForm, train, minimumCost, alignment, Session } = denoise(
  kept(async () => (await create({ wasmBinary: await wasmBytes(wasm) })) as Module),
);
