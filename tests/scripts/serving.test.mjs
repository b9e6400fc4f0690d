// What scripts/run serves: the built site (dist/), compressed as a browser asks for it.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { preview } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const decompress = { br: brotliDecompressSync, gzip: gunzipSync };
let server;
before(async () => {
  server = await preview({ root, logLevel: 'silent', preview: { host: 'localhost', port: 0 } });
});
after(() => server.close());

/** A file as it comes over the wire. */
const get = (path, encoding) =>
  new Promise((done, failed) => {
    const { port } = server.httpServer.address();
    request({ host: 'localhost', port, path, headers: { 'accept-encoding': encoding } }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part)).on('end', () => {
        done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) });
      });
    }).on('error', failed).end();
  });

test('the module, scripts, styles and the page come compressed, and whole', async () => {
  const files = readdirSync(`${root}dist/assets`).filter((name) => /\.(wasm|js|css)$/.test(name));
  assert.ok(files.some((name) => name.endsWith('.wasm')) && files.some((name) => name.endsWith('.js')));
  for (const [path, file] of [['/', 'index.html'], ...files.map((name) => [`/assets/${name}`, `assets/${name}`])]) {
    const whole = readFileSync(`${root}dist/${file}`);
    for (const [asked, got] of [['gzip, deflate, br', 'br'], ['gzip, deflate', 'gzip']]) {
      const { status, headers, body } = await get(path, asked);
      assert.equal(status, 200);
      assert.equal(headers['content-encoding'], got, `${path}, asked for ${asked}`);
      assert.ok(body.length < whole.length);
      assert.ok(decompress[got](body).equals(whole), path);
    }
    const plain = await get(path, 'identity');
    assert.equal(plain.headers['content-encoding'], undefined);
    assert.ok(plain.body.equals(whole));
  }
});

test('nothing outside the site is served', async () => {
  for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2fREADME.md']) {
    const { body } = await get(path, 'br');
    assert.ok(!body.includes('libdenoise'), path);
  }
});
