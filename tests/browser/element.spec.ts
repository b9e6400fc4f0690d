// The figure as an element: twice in a plain page, in a bundler's project, in a notebook's cell; and what
// strangers may write into its attribute.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { dice } from '../page/dice.mjs';
import { expect, numbers, open, reached, requests, steps, test, value } from './page';
import { ports } from './server.mjs';

const script = `http://localhost:${ports.site}/package/element.js`;
const plane = { data: { points: [[0, 0], [2, 0], [-0.5, 1]] }, noise: { radius: 0.1 }, training: { width: 50, steps: 400 } };
const line = { data: { preset: 'line-5' }, training: { width: 30 } };
const tag = (experiment: object, more = '') => `<minimum-norm-denoiser experiment='${JSON.stringify(experiment)}' ${more}></minimum-norm-denoiser>`;
const head = '<!doctype html><html lang="en"><title>A plain page</title><link rel="icon" href="data:,"><style>p{color:rgb(255,0,0);font-size:40px}svg{display:none}.bar{display:none}</style>';

async function plain(page: Page, body: string): Promise<void> {
  const html = `${head}<script type="module">import '${script}'</script><body>${body}</body></html>`;
  await page.goto(`http://localhost:${ports.host}/article?${encodeURIComponent(html)}`);
}
const element = (page: Page, n: number) => page.locator('minimum-norm-denoiser').nth(n);
const read = async (page: Page, n: number, name: string) => Number((await element(page, n).getByTestId(name).getAttribute('data-value')) || NaN);
const there = (page: Page, n: number) => expect(element(page, n).getByTestId('steps')).toHaveAttribute('data-value', '0');

test('stands twice in a plain page, each with its own numbers and style', async ({ page, context }) => {
  await plain(page, tag(plane) + tag(line, 'anonymous'));
  for (const n of [0, 1]) {
    await element(page, n).scrollIntoViewIfNeeded();
    await there(page, n);
  }
  const asked = requests(page);
  await expect(element(page, 0).locator('svg.plane-figure')).toBeVisible();
  expect(await element(page, 0).locator('p.caption').evaluate((p) => getComputedStyle(p).color)).not.toBe('rgb(255, 0, 0)');
  expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily), 'nothing leaks out').not.toMatch(/system-ui/);
  await expect(element(page, 0).getByTestId('badge')).toContainText('Zeno');
  await expect(element(page, 1).getByTestId('badge')).not.toContainText('Zeno');
  await page.keyboard.press(' ');
  await element(page, 0).evaluate((figure: HTMLElement & { step(): void }) => figure.step());
  await expect(element(page, 0).getByTestId('steps')).toHaveAttribute('data-value', '1');
  expect(await read(page, 1, 'steps'), 'the space bar is the page’s').toBe(0);

  const site = await context.newPage();
  await open(site, 'v=1&scene=plane&preset=obtuse&width=50&schedule=400');
  await steps(site, 1);
  expect(await read(page, 0, 'loss')).toBe(await value(site, 'loss'));
  expect(Object.keys(await numbers(site))).toContain('loss');
  await site.close();
  expect(asked).toEqual([]);

  // Removed for good, it leaves nothing at work; moved, it goes on.
  await page.evaluate(() => document.body.append(document.querySelector('minimum-norm-denoiser')!));
  await expect(element(page, 1).getByTestId('steps')).toHaveAttribute('data-value', '1');
  await page.evaluate(() => document.querySelectorAll('minimum-norm-denoiser').forEach((figure) => figure.remove()));
  await expect.poll(() => page.workers().length).toBe(0);
});

test('removed while something is sought for it, it waits for nothing', async ({ page }) => {
  await page.addInitScript(() => {
    const noted = { seeks: 0, timers: 0 };
    Object.assign(window, { noted });
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (this: Worker, message: { type: string }, ...more: never[]) {
      if (message.type === 'seek') ++noted.seeks; // which is never answered
      else postMessage.call(this, message, ...more);
    };
    const { setTimeout } = window;
    Object.assign(window, { setTimeout: (...words: Parameters<typeof setTimeout>) => (++noted.timers, setTimeout(...words)) });
  });
  const noted = () => page.evaluate(() => (window as unknown as { noted: { seeks: number; timers: number } }).noted);
  const points = Array.from({ length: 20 }, (_, n) => [(n % 5) + 0.2 * Math.sin(n), Math.floor(n / 5) + 0.2 * Math.cos(3 * n)]);
  await plain(page, tag({ data: { points }, noise: { radius: 0.05 }, training: { width: 20 } }));
  await expect.poll(async () => (await noted()).seeks).toBe(1);
  await element(page, 0).evaluate((figure) => figure.remove());
  await expect.poll(() => page.workers().length).toBe(0);
  await page.waitForTimeout(200); // the last timers that were set
  const { timers } = await noted();
  await page.waitForTimeout(500);
  expect((await noted()).timers).toBe(timers);
});

test('tells what happens, and takes other experiments', async ({ page }) => {
  await plain(page, `<script>window.told=[];for(const n of ['ready','shown','progress','converged','unconverged','error'])addEventListener(n,(e)=>e.target.localName==='minimum-norm-denoiser'&&told.push([n,e.detail]),true)</script>${tag(plane)}`);
  await there(page, 0);
  type Figure = HTMLElement & { experiment: unknown; play(): void; result(): Promise<{ checksum: string }>; svg(): Promise<string> };
  await element(page, 0).evaluate((figure: Figure) => figure.play());
  const told = () => page.evaluate(() => (window as unknown as { told: [string, { step: number }][] }).told);
  await expect.poll(async () => (await told()).some(([name]) => /^(un)?converged$/.test(name)), { timeout: 60_000 }).toBe(true);
  expect((await told()).filter(([name]) => name === 'ready')).toHaveLength(1);
  expect((await told()).findLast(([name]) => name === 'progress')![1].step).toBe(400);
  expect(await element(page, 0).evaluate(async (figure: Figure) => (await figure.result()).checksum)).toMatch(/^[0-9a-f]{16}$/);
  expect(await element(page, 0).evaluate((figure: Figure) => figure.svg())).toContain('<svg');

  await element(page, 0).evaluate((figure: Figure, experiment) => (figure.experiment = experiment), line);
  await expect(element(page, 0).locator('[data-testid^=point-]')).toHaveCount(5);
  await element(page, 0).evaluate((figure, experiment) => figure.setAttribute('experiment', experiment), JSON.stringify(plane));
  await expect(element(page, 0).locator('[data-testid^=point-]')).toHaveCount(3);
  await expect.poll(async () => (await told()).filter(([name]) => name === 'shown')).toEqual(Array(2).fill(['shown', { left_out: [] }]));
});

test('of two hundred malformed experiments each is refused in a sentence, and the last figure stays', async ({ page }) => {
  await plain(page, tag(plane) + tag({ data: { points: 'none' } }));
  await there(page, 0);
  await element(page, 1).scrollIntoViewIfNeeded();
  await expect(element(page, 1).getByRole('status'), 'with no figure before').toHaveText(/data\.points.*\.$/);
  const { pick, chance, whole, between } = dice(200);
  const atom = () => pick([null, true, -1, 1e308, 'wide', '', [], {}, [[]], between(-9, 9)]);
  const documents = Array.from({ length: 200 }, (): string => {
    const good = structuredClone(plane) as Record<string, Record<string, unknown>>;
    if (chance(0.2)) return JSON.stringify(good).slice(0, whole(1, 60));
    if (chance(0.2)) return JSON.stringify({ ...good, [pick(['colour', 'datum', '__proto__x'])]: atom() });
    if (chance(0.3)) return JSON.stringify({ ...good, data: { points: pick([[[0, 0], [0.1, 0]], [[0, 0]], [[0, 0, 0], [1, 0, 0]], [[0, 'x'], [1, 1]], [[0], [1, 2]]]) } });
    const part = pick(['data', 'noise', 'training']);
    const bad: Record<string, unknown[]> = { points: [5, 'x', null, [null]], radius: [0, -1, 9, 'wide', null], width: [0, -3, 1.5, 1e9, 'x'], steps: [0, -1, 'x', null] };
    const field = pick(part === 'data' ? ['points'] : part === 'noise' ? ['radius'] : ['width', 'steps']);
    good[part]![field] = pick(bad[field]!);
    return JSON.stringify(good);
  });
  const before = await read(page, 0, 'formula-cost');
  const said = await element(page, 0).evaluate(async (figure, all) => {
    const sentences: string[] = [];
    figure.addEventListener('error', (event) => sentences.push((event as CustomEvent<string>).detail));
    for (const document of all) {
      figure.setAttribute('experiment', document);
      await new Promise((wake) => setTimeout(wake, 2));
      figure.setAttribute('experiment', ''); // so that the next is another one
      await new Promise((wake) => setTimeout(wake, 2));
    }
    return sentences;
  }, documents);
  expect(said.filter((sentence) => sentence.length > 0 && /\.$/.test(sentence)).length).toBe(said.length);
  expect(said.length).toBeGreaterThanOrEqual(200);
  expect(await read(page, 0, 'formula-cost')).toBe(before);
  await expect(element(page, 0).locator('svg.plane-figure')).toBeVisible();
});

test('a notebook’s cell shows it by anywidget’s convention, and follows its model', async ({ page }) => {
  await plain(page, '<div id="cell"></div>');
  await page.evaluate(
    async ([url, data]) => {
      const { default: widget } = (await import(url)) as { default: { render(context: object): () => void } };
      const values: Record<string, unknown> = { data };
      const heard: Record<string, () => void> = {};
      const model = { get: (name: string) => values[name], on: (event: string, callback: () => void) => (heard[event] = callback), off: () => undefined };
      const end = widget.render({ model, el: document.getElementById('cell') });
      Object.assign(window, { end, change: (more: unknown) => { values.data = more; heard['change:data']!(); } });
    },
    [script, line.data] as const,
  );
  await there(page, 0);
  await expect(element(page, 0).locator('[data-testid^=point-]')).toHaveCount(5);
  await page.evaluate(() => (window as unknown as { change(data: unknown): void }).change({ preset: 'acute' }));
  await expect(element(page, 0).locator('[data-testid^=point-]')).toHaveCount(3);
  await page.evaluate(() => (window as unknown as { end(): void }).end());
  await expect(page.locator('minimum-norm-denoiser')).toHaveCount(0);
});

test('a plain Vite project bundles library and element into one file that works from disk', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'denoise-vite-'));
  try {
    mkdirSync(join(folder, 'node_modules'));
    cpSync(fileURLToPath(new URL('../../dist-package', import.meta.url)), join(folder, 'node_modules/libdenoise'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), `${head}<body>${tag(line)}<output></output><script type="module" src="./main.js"></script></body></html>`);
    writeFileSync(join(folder, 'main.js'), `import 'libdenoise/element';\nimport { train } from 'libdenoise';\nconst { checksum } = await train(${JSON.stringify({ ...line, training: { width: 20, steps: 300 } })});\ndocument.querySelector('output').textContent = checksum;\n`);
    await build({ root: folder, configFile: false, logLevel: 'error', base: './', build: { target: 'es2022' }, plugins: [viteSingleFile()] });
    expect(readFileSync(join(folder, 'dist/index.html')).length).toBeLessThan(1_500_000);
    await page.goto(pathToFileURL(join(folder, 'dist/index.html')).href);
    await there(page, 0);
    await expect(page.locator('output')).toHaveText(/^[0-9a-f]{16}$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
