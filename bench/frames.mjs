// Twenty frames in one page while it is scrolled by the wheel: the times between the page's frames, with the
// figures training, at rest, and beside the same page of empty frames. Once down and up, in which each figure
// starts as it is seen, and once more with all of them there. The frames are of the page's own site, whose
// processes may share a thread, or of another. Needs `npm run build`:
//   node bench/frames.mjs [--frames 20] [--seconds 10] [--gpu]
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { chromium as browser } from 'playwright-core';
import { chromium, chromiumFlags } from '../tests/browser/chromium.mjs';
import { base, listen, ports } from '../tests/browser/server.mjs';

const { values: asked } = parseArgs({ options: { frames: { type: 'string', default: '20' }, seconds: { type: 'string', default: '10' }, gpu: { type: 'boolean', default: false } } });
const count = Number(asked.frames);
const seconds = Number(asked.seconds); // down and up

const figure = (play) => `http://localhost:${ports.site}${base}#v=1&amp;scene=plane&amp;preset=obtuse&amp;schedule=10000000&amp;embed${play ? '&amp;play' : ''}`;
const paragraph = `<p>${'A paper has words between its figures. '.repeat(20)}</p>`;
const article = (src) => `<!doctype html><html lang="en"><title>A paper</title><link rel="icon" href="data:,"><body style="max-width:760px;margin:auto">${`${paragraph}<iframe src="${src}" width="720" height="640" style="border:0" title="figure"></iframe>`.repeat(count)}</body></html>`;
const pages = { training: figure(true), 'at rest': figure(false), empty: 'about:blank' };

const host = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(article(pages[decodeURIComponent(request.url.slice(1))]));
});
await new Promise((ready) => host.listen(0, '127.0.0.1', ready));
const stop = listen();

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];

/** Times between frames while the page is scrolled down and up. */
async function scrolled(page) {
  await page.evaluate(() => {
    window.times = [];
    let last = performance.now();
    const look = (now) => {
      window.times.push(now - last);
      last = now;
      window.looking = requestAnimationFrame(look);
    };
    window.looking = requestAnimationFrame(look);
  });
  const height = await page.evaluate(() => document.body.scrollHeight - innerHeight);
  const turns = seconds * 30; // of the wheel, each way half of them
  const started = performance.now();
  for (let n = 0; n < turns; ++n) {
    await page.mouse.wheel(0, (n < turns / 2 ? 2 : -2) * (height / turns));
    const due = started + ((n + 1) * 1000 * seconds) / turns;
    await new Promise((wake) => setTimeout(wake, Math.max(0, due - performance.now())));
  }
  const times = await page.evaluate(() => (cancelAnimationFrame(window.looking), window.times.slice(2)));
  const sorted = times.toSorted((a, b) => a - b);
  const total = times.reduce((sum, t) => sum + t, 0);
  return [(1000 * times.length) / total, quantile(sorted, 0.5), quantile(sorted, 0.95), quantile(sorted, 0.99), sorted.at(-1)].map((v) => v.toFixed(1));
}

const flags = asked.gpu ? chromiumFlags.filter((flag) => flag !== '--disable-gpu') : chromiumFlags;
console.log(`| ${count} frames | of | pass | frames a second | ms: median | 95 % | 99 % | longest |\n|---|---|---|---|---|---|---|---|`);
try {
  for (const [site, address] of [['another site', '127.0.0.1'], ['its own site', 'localhost']]) {
    for (const what of Object.keys(pages)) {
      const program = await browser.launch({ executablePath: chromium(), args: flags });
      const page = await program.newPage({ viewport: { width: 1280, height: 900 } });
      await page.goto(`http://${address}:${host.address().port}/${encodeURIComponent(what)}`);
      await page.mouse.move(640, 20);
      await new Promise((wake) => setTimeout(wake, 3000));
      for (const pass of ['first', 'second']) console.log(`| ${what} | ${site} | ${pass} | ${(await scrolled(page)).join(' | ')} |`);
      await program.close();
    }
  }
} finally {
  stop();
  host.close();
}
