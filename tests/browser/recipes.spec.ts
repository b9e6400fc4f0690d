// The recipes of docs/recipes, with the site and the files where they say.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, loaded, open, ready, requests, steps, test, value } from './page';
import { buildProject } from './project.mjs';
import { ports } from './server.mjs';

const here = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const program = process.env.DENOISE_COMMAND ?? here('build/native/cli/denoise');
const recipe = (name: string) => readFileSync(here(name), 'utf8');
const located = (html: string) =>
  html.replaceAll('https://your.site/denoise/', `http://localhost:${ports.site}/some/sub/path/`).replaceAll('https://your.site/', `http://localhost:${ports.site}/`);
const pictureSize = (svg: string) => {
  const [, width, height] = /<svg[^>]* width="([\d.]+)"[^>]* height="([\d.]+)"/.exec(svg)!;
  return { width: Number(width), height: Number(height) };
};
const article = (html: string) => `http://localhost:${ports.host}/article?${encodeURIComponent(html.replace('<head>', '<head><link rel="icon" href="data:,">'))}`;

test('plain HTML: the frame takes the height of its content, and the element stands beside it', async ({ page }) => {
  await page.goto(article(located(recipe('docs/recipes/plain.html'))));
  const frame = page.frames().find((each) => each.url().includes('/some/sub/path/'))!;
  await ready(frame);
  const content = () => frame.evaluate(() => document.body.getBoundingClientRect().height);
  await expect.poll(async () => Math.abs((await page.locator('iframe').boundingBox())!.height - (await content()))).toBeLessThan(2);
  const element = page.locator('minimum-norm-denoiser');
  await element.scrollIntoViewIfNeeded();
  await expect(element.locator('[data-testid^=point-]')).toHaveCount(5);
  await page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), 'on a phone').toBe(360);
});

test('no code to copy has a width that a phone has not', () => {
  for (const name of ['README.md', 'docs/embedding.md', 'docs/recipes/plain.html', 'docs/recipes/quarto.qmd']) {
    for (const [frame] of recipe(name).matchAll(/<iframe[^>]*width="\d+"[^>]*>/g)) expect(frame, name).toMatch(/max-width: ?100%/);
  }
});

test('MyST: a paper built by mystmd has the widget, shown by its themes’ own component, with the numbers of the page; and its frame', async ({ page, context }) => {
  buildProject('myst');
  const [, address] = /:::\{iframe\} (\S+)/.exec(recipe('docs/recipes/myst/paper.md'))!;
  await page.route('https://your.site/**', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  const asked = requests(page);
  await page.goto(`http://localhost:${ports.site}/recipes/myst/dist/index.html`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A paper in MyST');
  const element = page.locator('minimum-norm-denoiser');
  await expect(element.getByTestId('steps')).toHaveAttribute('data-value', '0');
  await element.evaluate((figure: HTMLElement & { step(): void }) => figure.step());
  await expect(element.getByTestId('steps')).toHaveAttribute('data-value', '1');
  await expect(page.locator('iframe')).toHaveAttribute('src', address!);
  expect(asked.filter((url) => !url.startsWith(`http://localhost:${ports.site}/recipes/myst/dist/`) && !url.startsWith('https://your.site/')), 'the paper’s own files alone').toEqual([]);
  const site = await context.newPage();
  await open(site, 'v=1&scene=plane&preset=obtuse&width=50');
  await steps(site, 1);
  expect(Number(await element.getByTestId('loss').getAttribute('data-value'))).toBe(await value(site, 'loss'));
  await site.goto('about:blank');
  await site.goto(located(address!));
  await ready(site);
  await site.close();
});

/** A figure of the acute triangle, as the command makes it, in a folder that is gone afterwards. */
async function beside(make: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'denoise-recipe-'));
  try {
    mkdirSync(join(folder, 'anc'));
    execFileSync(program, ['figure', '-', '-o', join(folder, 'anc/figure.html'), '--template', here('dist-figure/figure.html')], { input: '{"version":1,"data":{"preset":"acute"}}' });
    await make(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('Quarto: its converter, Pandoc, builds the article as one file and leaves the figure’s file beside it', async ({ page }) => {
  await beside(async (folder) => {
    copyFileSync(join(folder, 'anc/figure.html'), join(folder, 'figure.html'));
    // Pandoc 2.19 gave the option its second name.
    const embedded = execFileSync('pandoc', ['--help'], { encoding: 'utf8' }).includes('--embed-resources') ? ['--embed-resources', '--standalone'] : ['--self-contained'];
    const built = (text: string, to: string) => {
      execFileSync('pandoc', [...embedded, '--from', 'markdown', '--output', to], { cwd: folder, input: text, stdio: ['pipe', 'ignore', 'ignore'] });
      return readFileSync(join(folder, to), 'utf8');
    };
    const text = recipe('docs/recipes/quarto.qmd');
    const taken = text.replace('data-external="1" ', '');
    expect(taken).not.toBe(text);
    expect(built(taken, 'taken.html'), 'without the attribute the file is taken into the article').toContain('src="data:text/html');
    expect(built(text, 'paper.html')).toContain('src="figure.html"');
    await page.goto(pathToFileURL(join(folder, 'paper.html')).href);
    await ready(page.frames()[1]!);
  });
});

test('LaTeX: the PDF holds the still picture of the page and the link to the file in anc/, which opens from disk', async ({ page }) => {
  await beside(async (folder) => {
    await open(page, 'v=1&scene=plane&preset=acute&width=40');
    await loaded(page);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('download-figure').click()]);
    const { width, height } = pictureSize(readFileSync(await download.path(), 'utf8'));
    execFileSync('rsvg-convert', ['--format', 'pdf', '--output', join(folder, 'still.pdf'), await download.path()]);
    copyFileSync(here('docs/recipes/paper.tex'), join(folder, 'paper.tex'));
    execFileSync('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', '-jobname=paper', '\\pdfcompresslevel=0 \\pdfobjcompresslevel=0 \\input{paper.tex}'], { cwd: folder, stdio: 'ignore' });
    const pdf = readFileSync(join(folder, 'paper.pdf'), 'latin1');
    const [, address] = /\/URI *\((\S+)\)/.exec(pdf)!;
    expect(address).toMatch(/^https:\/\/arxiv\.org\/.*\/anc\/figure\.html$/);
    const [, w, h] = /\/Subtype \/Form[^]*?\/BBox \[ *0 0 ([\d.]+) ([\d.]+) *\]/.exec(pdf)!;
    expect(Number(w) / Number(h), 'the picture, whole').toBeCloseTo(width / height, 2);
    await page.goto(pathToFileURL(join(folder, address!.slice(address!.indexOf('anc/')))).href);
    await ready(page);
  });
});

interface Package {
  train(experiment: object): Promise<{ checksum: string }>;
}
type Figure = HTMLElement & { play(): void; result(): Promise<{ checksum: string }> };
const inNode = async () => (await import(pathToFileURL(here('dist-package/index.js')).href)) as Package;
const least = (experiment: object) => (JSON.parse(execFileSync(program, ['run', '-'], { input: JSON.stringify({ version: 1, ...experiment }), encoding: 'utf8' })) as { cost: number }).cost;
const five = { data: { preset: 'line-5' }, training: { width: 30, steps: 300 } };
const triangle = { data: { points: [[0, 0], [2, 0], [-0.5, 1]] }, noise: { radius: 0.1 }, training: { width: 40, steps: 300 } };

/** That the page says what the command and node say, of both, figure and library. */
async function agrees(page: Page, experiment: typeof five | typeof triangle): Promise<void> {
  const { train } = await inNode();
  const element = page.locator('minimum-norm-denoiser');
  await expect(element.getByTestId('steps')).toHaveAttribute('data-value', '0');
  await expect(page.locator('#checksum')).toHaveText((await train({ ...experiment, training: { width: 20, steps: 300 } })).checksum);
  const cost = least(experiment);
  expect(Math.abs(Number(await page.locator('#cost').textContent()) - cost)).toBeLessThan(1e-9);
  expect(Math.abs(Number(await element.getByTestId('formula-cost').getAttribute('data-value')) - cost)).toBeLessThan(1e-9);
  await element.evaluate((figure: Figure) => figure.play());
  await expect(element.getByTestId('steps')).toHaveAttribute('data-value', '300');
  expect(await element.evaluate(async (figure: Figure) => (await figure.result()).checksum)).toBe((await train(experiment)).checksum);
}

for (const [name, path, wasm] of [['vite', 'dist/', 1], ['webpack', '', 1], ['react', 'dist/', 0]] as const) {
  test(`${name}: a project builds the element and the library, with the numbers of the command and of node`, async ({ page }) => {
    buildProject(name);
    const address = `http://localhost:${ports.site}/recipes/${name}/`;
    const asked = requests(page);
    await page.goto(`${address}${path}index.html`);
    await agrees(page, five);
    const loaded = asked.length;
    if (name === 'react') {
      // Another experiment as a property, twice, and what the figure says as events.
      await page.getByRole('button', { name: 'an obtuse triangle' }).click();
      await expect(page.locator('minimum-norm-denoiser').locator('[data-testid^=point-]')).toHaveCount(3);
      await agrees(page, triangle);
      await expect(page.locator('#root > [role=status]')).toHaveText(/^(Converged|At rest) after 300 steps\.$/);
      await page.getByRole('button', { name: 'five points' }).click();
      await expect(page.locator('minimum-norm-denoiser').locator('[data-testid^=point-]')).toHaveCount(5);
    }
    expect(asked.filter((url) => !url.startsWith(address)), 'the project’s own files alone').toEqual([]);
    expect(asked.filter((url) => url.endsWith('.wasm')), 'the module apart, where it is asked for so').toHaveLength(wasm);
    expect(asked.slice(loaded)).toEqual([]);
  });
}
