// Whether training and the search for the least cost give the same bits in node, Chromium and Firefox:
// checksums of networks trained by every kernel, and certified costs, bounds and networks. Needs the wasm preset's module, and here `npm ci`:
//   node bench/browsers/same_bits.mjs
// CHROMIUM and FIREFOX name other programs than /usr/bin/chromium and /usr/bin/firefox-esr.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { createModule, folder, MinimumCostSolver, SplitRampSolver } from '../../tests/module/create.mjs';
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

// d, points, radius
const sought = [[2, 5, 0.02], [2, 8, 0.01], [3, 6, 0.02], [5, 7, 0.02]].map(([d, count, radius]) => ({ d, radius, points: samePoints(count, d).flat() }));

/** One line a set of points: what is found of it. It runs in the browsers too. */
function certified({ MinimumCostSolver, SplitRampSolver }, sought) {
  return sought.map(({ d, radius, points }) => {
    const clean = Float64Array.from(points);
    const solver = d > 3 ? new SplitRampSolver() : new MinimumCostSolver();
    solver.begin(clean, d, radius);
    while (solver.advance(1e7));
    const line = d > 3 ? `split ramps, d = ${d}: ${solver.result().join()}` : `least cost, d = ${d}: ${solver.result()}`;
    solver.delete();
    return line;
  });
}

const files = { '/denoise.mjs': 'text/javascript', '/denoise.wasm': 'application/wasm', '/minimum_cost.mjs': 'text/javascript', '/minimum_cost.wasm': 'application/wasm' };
const server = createServer((request, response) => {
  const type = request.url === '/' ? 'text/html' : files[request.url];
  response.writeHead(type ? 200 : 404, { 'content-type': type ?? 'text/plain' });
  response.end(files[request.url] ? readFileSync(join(folder, request.url)) : '<p>');
});
await new Promise((ready) => server.listen(0, 'localhost', ready));

const expected = [...checksums(await createModule(), experiments), ...certified({ MinimumCostSolver, SplitRampSolver }, sought)];
console.log(expected.map((line) => line.slice(0, 100)).join('\n'));
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
      async (parts) => {
        const lines = [];
        for (const [name, source, cases] of parts) {
          const { default: create } = await import(`/${name}.mjs`);
          const wasmBinary = new Uint8Array(await (await fetch(`/${name}.wasm`)).arrayBuffer());
          lines.push(...(0, eval)(`(${source})`)(await create({ wasmBinary }), cases));
        }
        return lines;
      },
      [['denoise', checksums.toString(), experiments], ['minimum_cost', certified.toString(), sought]],
    );
    const same = found.every((line, i) => line === expected[i]);
    console.log(`${await program.version()}: ${same ? 'the same as node' : `DIFFERENT\n${found.join('\n')}`}`);
    if (!same) process.exitCode = 1;
  } finally {
    await program.close();
  }
}
server.close();
