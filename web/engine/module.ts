import createDenoise from '#denoise/denoise.mjs';
import type { DenoiseModule } from '../denoise';
import { instantiate } from './wasm';

/** The library from what is compiled of its WASM module. */
export const loadModule = (compiled: WebAssembly.Module): Promise<DenoiseModule> => instantiate(createDenoise, compiled);
