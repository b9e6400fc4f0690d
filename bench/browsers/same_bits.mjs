// Whether training gives the same bits in node, Chromium and Firefox: checksums of networks trained
// by every kernel. Needs the wasm preset's module, and here `npm ci`:
//   node bench/browsers/same_bits.mjs
// CHROMIUM and FIREFOX name other programs than /usr/bin/chromium and /usr/bin/firefox-esr.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { createModule, folder } from '../../tests/module/create.mjs';
import { samePoints } from '../points.mjs';

// d, width, points, samples per point, method, steps
const cases = [
  [1, 60, 5, 80, 'weight-decay', 300],
  [2, 150, 3, 80, 'weight-decay', 300],
  [3, 101, 4, 50, 'weight-decay', 100],
  [4, 77, 4, 50, 'weight-decay', 100],
  [5, 50, 4, 33, 'weight-decay', 50],
  [16, 40, 4, 33, 'weight-decay', 50],
  [64, 33, 3, 40, 'weight-decay', 20],
  [784, 30, 3, 20, 'weight-decay', 5],
  [1, 60, 5, 80, 'augmented-lagrangian', 150],
  [2, 120, 3, 80, 'augmented-lagrangian', 150],
  [3, 60, 4, 100, 'augmented-lagrangian', 150],
];

const experiments = cases.map(([d, width, points, samples, method, steps]) => ({
  name: `d = ${d}, ${method}`,
  steps,
  document: JSON.stringify({
    version: 1,
    data: { points: samePoints(points, d) },
    noise: { level: 0.05, samples },
    training: { width, method },
  }),
}));

/** One line an experiment. It runs in the browsers too, so it uses nothing from outside. */
function checksums(module, experiments) {
  return experiments.map(({ name, steps, document }) => {
    const session = new module.Session();
    session.configure(document);
    session.startTraining();
    for (let done = 0; done < steps; ) done += session.advance(64);
    const line = `${name}: ${session.checksum()}`;
    session.delete();
    return line;
  });
}

const files = { '/denoise.mjs': 'text/javascript', '/denoise.wasm': 'application/wasm' };
const server = createServer((request, response) => {
  const type = request.url === '/' ? 'text/html' : files[request.url];
  response.writeHead(type ? 200 : 404, { 'content-type': type ?? 'text/plain' });
  response.end(files[request.url] ? readFileSync(join(folder, request.url)) : '<p>');
});
await new Promise((ready) => server.listen(0, 'localhost', ready));

const expected = checksums(await createModule(), experiments);
console.log(expected.join('\n'));
const browsers = {
  chrome: { path: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] },
  firefox: { path: process.env.FIREFOX ?? '/usr/bin/firefox-esr', args: [] },
};
for (const [browser, { path, args }] of Object.entries(browsers)) {
  const program = await puppeteer.launch({ browser, executablePath: path, args, headless: true });
  try {
    const page = await program.newPage();
    await page.goto(`http://localhost:${server.address().port}/`);
    const found = await page.evaluate(
      async (source, experiments) => {
        const { default: create } = await import('/denoise.mjs');
        const wasmBinary = new Uint8Array(await (await fetch('/denoise.wasm')).arrayBuffer());
        return (0, eval)(`(${source})`)(await create({ wasmBinary }), experiments);
      },
      checksums.toString(),
      experiments,
    );
    const same = found.every((line, i) => line === expected[i]);
    console.log(`${await program.version()}: ${same ? 'the same as node' : `DIFFERENT\n${found.join('\n')}`}`);
    if (!same) process.exitCode = 1;
  } finally {
    await program.close();
  }
}
server.close();
