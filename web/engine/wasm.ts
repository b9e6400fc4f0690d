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

/** A module's bytes: a file beside the page, or in the single file a data: URL that is decoded here,
 *  since fetching it may be forbidden (file://, content security policies). */
export async function wasmBytes(url: string): Promise<ArrayBuffer> {
  if (url.startsWith('data:')) {
    const text = atob(url.slice(url.indexOf(',') + 1));
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
    return bytes.buffer;
  }
  const response = await fetch(new URL(url, document.baseURI));
  if (!response.ok) throw new Error(`The WebAssembly module could not be loaded (${response.status}).`);
  return response.arrayBuffer();
}
