import { decompress } from 'fzstd';
import { decoded } from './bytes';

/** A module's bytes, which the file itself holds, compressed by Zstandard (packedModule of vite.config.ts). */
export const wasmBytes = async (url: string): Promise<ArrayBuffer> => decompress(decoded(url.slice(url.indexOf(',') + 1))).slice().buffer;
