// The page's TypeScript under node, without a browser: Vite reads the modules as it does for the
// builds, and what the store and the engine ask of a browser is put here. The library is the WASM
// module that the page has; training runs on this thread, as it does where workers are blocked.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Those that are open: each would keep node from ending, and its training loop in memory. */
export const channels = [];

Object.assign(globalThis, {
  document: { baseURI: 'http://page/', compatMode: 'CSS1Compat' },
  requestAnimationFrame: (draw) => setImmediate(() => draw(performance.now())),
  cancelAnimationFrame: (frame) => clearImmediate(frame),
  /** Files of this folder, by the address that a module has for them; nothing else can be fetched. */
  async fetch(url) {
    const { pathname } = new URL(url, document.baseURI);
    const file = pathname.startsWith('/@fs/') ? pathname.slice('/@fs'.length) : `${root}${pathname.slice(1)}`;
    return new Response(await readFile(file));
  },
  MessageChannel: class extends MessageChannel {
    constructor() {
      super();
      channels.push(this);
      // Node hands over a thousand messages before it looks at timers, a browser goes on to them.
      const post = this.port2.postMessage.bind(this.port2);
      this.port2.postMessage = (message) => void setImmediate(() => post(message));
    }
  },
});

/** Loads the page's modules: `load('store/link.ts')` gives what web/store/link.ts exports. */
export async function openPage() {
  const server = await createServer({
    root,
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  return {
    load: (path) => server.ssrLoadModule(`/web/${path}`),
    async close() {
      for (const { port1 } of channels.splice(0)) port1.close();
      await server.close();
    },
  };
}
