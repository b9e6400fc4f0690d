// Serves the built site from sub-paths at one port, and at another, which is another origin, pages
// that show the site in an iframe: /?<hash of the site>, or in one without an origin: /sandboxed?<hash>
// and /sandboxed-open?<hash>, where the site's server lets every origin read its files; and
// /article?<HTML>, a page of that text.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

// PAGE_PORT moves both, for two test runs on one machine.
const first = Number(process.env.PAGE_PORT ?? 4273);
export const ports = { site: first, host: first + 1 };
export const base = '/some/sub/path/';
/** Sub-paths of the same site, and the headers that each adds. */
const bases = {
  [base]: {},
  '/open/': { 'access-control-allow-origin': '*' },
  '/package/': { 'access-control-allow-origin': '*' },
  '/recipes/': {},
  '/strict/': { 'content-security-policy': "default-src 'self'; img-src 'self' data:" }, // no WebAssembly
};

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
/** Where a sub-path is no part of the site: the npm package, and the projects that project.mjs makes. */
const folders = {
  '/package/': fileURLToPath(new URL('../../dist-package/', import.meta.url)),
  '/recipes/': fileURLToPath(new URL('../../build/recipes/', import.meta.url)),
};
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.bin': 'application/octet-stream',
};

const site = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const under = Object.keys(bases).find((b) => pathname.startsWith(b)) ?? base;
  const path = normalize(pathname.slice(under.length - 1)).replace(/\/$/, '/index.html');
  const folder = folders[under] ?? dist;
  const file = join(folder, path);
  if (!pathname.startsWith(under) || !file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', ...bases[under] });
  createReadStream(file).pipe(response);
});

const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const host = createServer((request, response) => {
  const { pathname, search } = new URL(request.url, 'http://localhost');
  const hash = decodeURIComponent(search.slice(1));
  if (pathname === '/article') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(hash);
    return;
  }
  const src = escape(`http://localhost:${ports.site}${pathname === '/sandboxed-open' ? '/open/' : base}#${hash}`);
  const sandbox = pathname === '/' ? '' : ' sandbox="allow-scripts"';
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><html lang="en"><title>A paper</title><link rel="icon" href="data:,">` +
      `<iframe src="${src}" width="900" height="800" title="figure"${sandbox}></iframe></html>`,
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
