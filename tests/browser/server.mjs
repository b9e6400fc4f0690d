// Serves the built site from a sub-path at one port, and at another, which is another origin, a page
// that shows the site in an iframe: /?<hash of the site> .
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

// PAGE_PORT moves both, for two test runs on one machine.
const first = Number(process.env.PAGE_PORT ?? 4273);
export const ports = { site: first, host: first + 1 };
export const base = '/some/sub/path/';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.bin': 'application/octet-stream',
};

const site = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const path = normalize(pathname.slice(base.length - 1)).replace(/\/$/, '/index.html');
  const file = join(dist, path);
  if (!pathname.startsWith(base) || !file.startsWith(dist) || !existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
});

const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const host = createServer((request, response) => {
  const hash = decodeURIComponent(new URL(request.url, 'http://localhost').search.slice(1));
  const src = escape(`http://localhost:${ports.site}${base}#${hash}`);
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><html lang="en"><title>A paper</title><link rel="icon" href="data:,">` +
      `<iframe src="${src}" width="900" height="800" title="figure"></iframe></html>`,
  );
});

/** Starts both servers; the answer stops them. */
export function listen() {
  site.listen(ports.site, 'localhost');
  host.listen(ports.host, 'localhost');
  return () => {
    for (const server of [site, host]) {
      server.close();
      server.closeAllConnections();
    }
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) listen();
