import type { ModuleOptions } from '../denoise';

const emptyModule = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** @throws Error where WebAssembly is missing or forbidden */
export function checkWebAssembly(): void {
  try {
    new WebAssembly.Module(emptyModule);
  } catch {
    throw new Error(
      "This page computes with WebAssembly, which this browser or the site's policy forbids (a Content-Security-Policy needs script-src 'wasm-unsafe-eval').",
    );
  }
}

/** A module of the library from what is compiled of it, once: workers are given that, and do not compile it again.
 *  @param create what Emscripten made of the module */
export function instantiate<T>(create: (options: ModuleOptions) => Promise<T>, compiled: WebAssembly.Module): Promise<T> {
  return new Promise((resolve, reject) => {
    const instantiateWasm: ModuleOptions['instantiateWasm'] = (imports, receive) => {
      WebAssembly.instantiate(compiled, imports).then((instance) => receive(instance, compiled)).catch(reject);
      return {};
    };
    create({ instantiateWasm, locateFile: (path) => path }).then(resolve, reject);
  });
}
