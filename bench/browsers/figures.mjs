// What docs/embedding.md offers an author, opened in Firefox: a figure's file from disk, sandboxed, without
// workers, without JavaScript, without WebAssembly, on paper and twice in a page; the site under a deep
// sub-path; the element and the widget; the recipes' projects. Costs must be the command's to 1e-9, trained
// networks those of node to the bit; nothing may be on the console, and no request may leave the place. Needs
// the page's build (`npm run build`), the command (build/native), poppler-utils, and here `npm ci`:
//   node bench/browsers/figures.mjs
// DENOISE_COMMAND and FIREFOX name other programs; a word of a mode's name opens that alone. What is wrong is said, and the exit status is 1.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';
import { buildProject } from '../../tests/browser/project.mjs';
import { base, listen, ports } from '../../tests/browser/server.mjs';

const here = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const program = process.env.DENOISE_COMMAND ?? here('build/native/cli/denoise');
const { train } = await import(pathToFileURL(here('dist-package/index.js')).href);

const experiment = { version: 1, data: { points: [[0, 0], [2, 0], [-0.5, 1]] }, noise: { radius: 0.1 }, training: { width: 40, steps: 300 } };
const least = (of) => JSON.parse(execFileSync(program, ['run', '-'], { input: JSON.stringify({ version: 1, ...of }), encoding: 'utf8' })).cost;
const cost = least(experiment);
const trained = await train(experiment);

const folder = mkdtempSync(join(tmpdir(), 'denoise-figures-'));
const file = join(folder, 'figure.html');
execFileSync(program, ['figure', '-', '-o', file, '--template', here('dist-figure/figure.html')], { input: JSON.stringify(experiment) });

// The figure's file on a server: as it is, and under a policy that leaves it no workers.
const policies = { '/figure.html': {}, '/no-workers.html': { 'content-security-policy': "default-src 'unsafe-inline' data:; script-src 'unsafe-inline' 'wasm-unsafe-eval'; worker-src 'none'" } };
const figures = createServer(({ url }, response) => {
  const headers = policies[url];
  response.writeHead(headers === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8', ...headers });
  response.end(headers === undefined ? '' : readFileSync(file));
});
await new Promise((ready) => figures.listen(0, 'localhost', ready));
const stop = listen();
const at = (path) => `http://localhost:${figures.address().port}/${path}`;
const site = (path) => `http://localhost:${ports.site}/${path}`;
const article = (body) => `http://localhost:${ports.host}/article?${encodeURIComponent(`<!doctype html><html lang="en"><title>A paper</title><link rel="icon" href="data:,"><body>${body}</body></html>`)}`;

const wrong = [];
const must = (holds, what) => void (holds || wrong.push(what));
const pause = () => new Promise((wake) => setTimeout(wake, 100));

/** What holds a figure: a document, or the shadow of its nth element. */
const figureIn = (where, n = -1) => {
  const ask = (body, ...values) => where.evaluate(`((root, ...values) => (${body})(root, ...values))(${n < 0 ? 'document' : `document.querySelectorAll('minimum-norm-denoiser')[${n}]?.shadowRoot`}, ...${JSON.stringify(values)})`);
  const number = (name) => ask((root, id) => root?.querySelector(`[data-testid=${id}]`)?.getAttribute('data-value') ?? '', name);
  return {
    async until(name, value) {
      for (let tries = 0; (await number(name).catch(() => '')) !== String(value); ++tries) {
        if (tries === 600) throw new Error(`${name} is ${await number(name)}, not ${value}`);
        await pause();
      }
    },
    number,
    click: (name) => ask((root, id) => root.querySelector(`[data-testid=${id}]`).click(), name),
    text: (selector) => ask((root, css) => root.querySelector(css)?.textContent ?? '', selector),
  };
};

/** Trains a figure to its rest, and compares. */
async function check(figure, expected = { cost, status: trained.status }) {
  await figure.until('steps', 0);
  must(Math.abs((await figure.number('formula-cost')) - expected.cost) < 1e-9, 'the closed form’s cost is not the command’s');
  await figure.click('play');
  await figure.until('steps', expected.status.step);
  for (let tries = 0; (await figure.text('[data-testid=status]')) === '' && tries < 100; ++tries) await pause();
  const found = [await figure.number('loss'), await figure.number('residual'), await figure.number('cost')].map(Number);
  must(found.join() === [expected.status.loss, expected.status.greatest_residual, expected.status.cost].join(), `trained: ${found.join()} where node has ${expected.status.loss},${expected.status.greatest_residual},${expected.status.cost}`);
}

/** That a figure is its first picture alone, and says what is missing. */
async function checkStill(page, missing) {
  const figure = figureIn(page);
  must(missing.test(await figure.text('#missing')), `“${await figure.text('#missing')}”`);
  must((await figure.text('.still figcaption')).includes(`of cost ${cost.toPrecision(4)}`), 'the still picture has another cost');
  must(await page.evaluate(() => document.querySelectorAll('.still svg circle').length === 6), 'there is no picture');
}

const framed = (page) => page.frames().filter((frame) => frame !== page.mainFrame());
async function frames(page, n) {
  for (let tries = 0; framed(page).filter((frame) => frame.url() !== 'about:blank').length < n && tries < 100; ++tries) await pause();
  return framed(page);
}
const tag = (of) => `<minimum-norm-denoiser experiment='${JSON.stringify(of)}'></minimum-norm-denoiser>`;
const sandbox = `<iframe sandbox="allow-scripts" src="${at('figure.html')}" width="600" height="420" title="figure"></iframe>`;
const small = { data: { preset: 'line-5' }, training: { width: 30, steps: 300 } };

const modes = {
  'from disk': async (page) => {
    await page.goto(pathToFileURL(file).href);
    await check(figureIn(page));
  },
  'sandbox="allow-scripts"': async (page) => {
    await page.goto(article(sandbox));
    const [frame] = await frames(page, 1);
    must((await frame.evaluate(() => self.origin)) === 'null', 'the frame has an origin');
    await check(figureIn(frame));
  },
  'twice in one page': async (page) => {
    await page.goto(article(sandbox + sandbox));
    for (const frame of await frames(page, 2)) await check(figureIn(frame));
  },
  'without workers, from disk': async (page) => {
    await page.evaluateOnNewDocument(() => delete window.Worker);
    await page.goto(pathToFileURL(file).href);
    must(await page.evaluate(() => typeof Worker === 'undefined'), 'there are workers');
    await check(figureIn(page));
  },
  'without workers, by a policy': {
    loud: true, // browsers report what a policy forbids
    open: async (page) => {
      await page.goto(at('no-workers.html'));
      await check(figureIn(page));
    },
  },
  'without JavaScript': {
    preferences: [{ 'javascript.enabled': false }],
    open: async (page) => {
      await page.goto(pathToFileURL(file).href);
      await checkStill(page, /^This is a still picture .* JavaScript and WebAssembly/);
    },
  },
  'without WebAssembly': {
    preferences: [{ 'javascript.options.wasm': false }],
    open: async (page) => {
      await page.goto(pathToFileURL(file).href);
      await pause();
      await checkStill(page, /WebAssembly, which .* forbids/);
    },
  },
  'on paper, with and without JavaScript': {
    preferences: [{ 'javascript.enabled': false }, {}],
    open: async (page, { 'javascript.enabled': scripts = true }) => {
      await page.goto(pathToFileURL(file).href);
      if (scripts) await figureIn(page).until('steps', 0);
      await page.pdf({ path: join(folder, 'figure.pdf') });
      const text = execFileSync('pdftotext', ['-layout', join(folder, 'figure.pdf'), '-'], { encoding: 'utf8' });
      must(text.includes(cost.toPrecision(scripts ? 5 : 4)), `the paper does not have the cost: ${text}`);
    },
  },
  'the site under a deep sub-path': async (page) => {
    await page.goto(site(`${base.slice(1)}#v=1&scene=plane&preset=obtuse&width=40&schedule=300`));
    const preset = { data: { preset: 'obtuse' }, training: { width: 40, steps: 300 } };
    await check(figureIn(page), { cost: least(preset), status: (await train(preset)).status });
  },
  'the element, twice in a plain page': async (page) => {
    await page.goto(article(`<script type="module">import '${site('package/element.js')}'</script>${tag(experiment)}${tag(experiment)}`));
    for (const n of [0, 1]) {
      await page.evaluate((i) => document.querySelectorAll('minimum-norm-denoiser')[i].scrollIntoView(), n);
      await check(figureIn(page, n));
      must((await page.evaluate(async (i) => (await document.querySelectorAll('minimum-norm-denoiser')[i].result()).checksum, n)) === trained.checksum, 'other bits');
    }
  },
  'the widget, as MyST mounts it': async (page) => {
    const [, body] = /```\{anywidget\} \.\/widget\.js\n([^]*?)```/.exec(readFileSync(here('docs/recipes/myst/paper.md'), 'utf8'));
    const given = JSON.parse(body);
    given.training.steps = 300;
    await page.goto(article('<div id="cell"></div>'));
    await page.evaluate(
      async (url, model) => {
        const { default: widget } = await import(url);
        await widget.render({ model: { get: (name) => model[name], on: () => undefined }, el: document.getElementById('cell') });
      },
      site('package/widget.js'),
      given,
    );
    await check(figureIn(page, 0), { cost: least(given), status: (await train(given)).status });
  },
  ...Object.fromEntries(
    [['vite', 'dist/'], ['webpack', ''], ['react', 'dist/']].map(([name, path]) => [
      `the project by ${name}`,
      async (page) => {
        buildProject(name);
        await page.goto(site(`recipes/${name}/${path}index.html`));
        await check(figureIn(page, 0), { cost: least(small), status: (await train(small)).status });
        const { checksum } = await train({ ...small, training: { width: 20, steps: 300 } });
        const said = figureIn(page);
        for (let tries = 0; (await said.text('#checksum')) === '' && tries < 100; ++tries) await pause();
        must((await said.text('#checksum')) === checksum, 'other bits');
        must(Math.abs((await said.text('#cost')) - least(small)) < 1e-9, 'another cost');
      },
    ]),
  ),
};

async function inFirefox(name, open, preferences, loud) {
  const before = wrong.length;
  const firefox = await puppeteer.launch({ browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', headless: true, extraPrefsFirefox: preferences, defaultViewport: { width: 1200, height: 1000 } });
  try {
    const page = await firefox.newPage();
    page.on('console', (message) => must(loud || !['error', 'warn'].includes(message.type()), `on the console: ${message.text()}`));
    page.on('pageerror', (error) => must(loud, `thrown: ${error.message}`));
    page.on('request', (request) => must(!/^https?:/.test(request.url()) || new URL(request.url()).hostname === 'localhost', `asked for ${request.url()}`));
    await open(page, preferences);
    console.log(`${await firefox.version()}, ${name}: ${wrong.length === before ? 'as it should be' : wrong.slice(before).join('; ')}`);
  } catch (error) {
    must(false, error.message);
    console.log(`${name}: ${error.message}`);
  } finally {
    await firefox.close();
  }
}

try {
  for (const [name, mode] of Object.entries(modes)) {
    if (!name.includes(process.argv[2] ?? '')) continue;
    const { open, preferences = [{}], loud = false } = typeof mode === 'function' ? { open: mode } : mode;
    for (const each of preferences) await inFirefox(name, open, each, loud);
  }
} finally {
  stop();
  figures.close();
  rmSync(folder, { recursive: true });
}
process.exitCode = wrong.length === 0 ? 0 : 1;
