import createDenoise from '#denoise/denoise.mjs';
import type { DenoiseModule } from '../denoise';

/** The library from the bytes of its WASM module. */
export const loadModule = (wasm: ArrayBuffer): Promise<DenoiseModule> =>
  createDenoise({ wasmBinary: wasm, locateFile: (path) => path });
