import type { Denoise } from './api';
export type * from './api';

/** The package's functions over a module that is served apart: `libdenoise/denoise.wasm` of the package.
 *  @param source where it is, or its bytes */
export declare function load(source: string | URL | ArrayBuffer | Uint8Array): Denoise;
