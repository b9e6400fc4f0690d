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
