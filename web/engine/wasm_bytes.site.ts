import { bytesOf } from './bytes';

/** A module's bytes, of a file beside the page. */
export const wasmBytes = async (url: string): Promise<ArrayBuffer> => (await bytesOf(url, 'The WebAssembly module')).buffer;
