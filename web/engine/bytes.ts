// Bytes that travel with the page: as files beside it, or in a single file as text.

/** The bytes that base64 stands for: fetching a data: URL may be forbidden (file://, content security
 *  policies). */
export const decoded = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

const through = async (bytes: Uint8Array<ArrayBuffer>, change: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(change)).arrayBuffer());

export const inflate = (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => through(bytes, new DecompressionStream('deflate'));
export const deflate = (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => through(bytes, new CompressionStream('deflate'));

/** What stands behind a URL of this build. @param what its name in the sentence that says it did not come */
export async function bytesOf(url: string, what: string): Promise<Uint8Array<ArrayBuffer>> {
  if (url.startsWith('data:')) return decoded(url.slice(url.indexOf(',') + 1));
  const response = await fetch(new URL(url, document.baseURI)).catch(() => undefined);
  if (!response?.ok) throw new Error(`${what} could not be loaded (${response?.status ?? 'no network'}).`);
  return new Uint8Array(await response.arrayBuffer());
}
