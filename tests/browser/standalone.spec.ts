// A figure as one file, by the page and by the command: its size, the same numbers from disk, in a frame
// without an origin, without workers; and what is left without scripts, WebAssembly or a screen.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync, inflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, loaded, note, numbers, open, reached, ready, requests, steps, test, value } from './page';
import { ports } from './server.mjs';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const program = process.env.DENOISE_COMMAND ?? here('../../build/native/cli/denoise');
const template = here('../../dist-figure/figure.html');
const folder = mkdtempSync(join(tmpdir(), 'denoise-figure-'));
test.afterAll(() => rmSync(folder, { recursive: true }));

const most = { raw: 1_100_000, gzip: 520_000 };
const people = /Zeno|Ongie|Blumenfeld|Weinberger|Soudry|Manor|Michaeli|Savarese|libdenoise/;

/** The file that the page makes of what it shows. */
async function exported(page: Page, name: string, anonymous = false): Promise<string> {
  const button = page.getByTestId('download-standalone');
  if (anonymous) await page.getByTestId('anonymous').check();
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const path = join(folder, name);
  await download.saveAs(path);
  return path;
}

/** The file that the command makes. */
function made(name: string, experiment: object, ...options: string[]): string {
  const path = join(folder, name);
  execFileSync(program, ['figure', '-', '-o', path, '--template', template, ...options], { input: JSON.stringify(experiment) });
  return path;
}

function sizes(path: string): { raw: number; gzip: number } {
  const bytes = readFileSync(path);
  const found = { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
  note('figure', `${path.replace(/.*\//, '')} ${found.raw} bytes, ${found.gzip} gzip`);
  return found;
}

/** What a file links to, and whom it names. */
function named(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  const links = [...text.matchAll(/https?:\/\/[^\s"'`)<]*/g)].map(([link]) => link).filter((link) => !link.startsWith('http://www.w3.org/'));
  return [...links, ...(people.exec(text) ?? [])];
}

const scenes = {
  plane: 'v=1&scene=plane&preset=obtuse&width=50&layers=field,boundaries,directions',
  line: 'v=1&scene=line&preset=line-5&width=40&seed=7',
  images: 'v=1&scene=images&samples=10&width=30&level=0.3',
};

for (const [scene, hash] of Object.entries(scenes)) {
  test(`${scene}: the page's file is small, trains the same from disk and asks for nothing`, async ({ page, context }) => {
    await open(page, hash);
    const path = await exported(page, `${scene}.html`);
    const size = sizes(path);
    const more = scene === 'images' ? 20_000 : 0;
    expect(size.raw).toBeLessThanOrEqual(most.raw + more);
    expect(size.gzip).toBeLessThanOrEqual(most.gzip + more);
    await steps(page, 2);
    const site = await numbers(page);

    const alone = await context.newPage();
    const complaints: string[] = [];
    alone.on('console', (message) => complaints.push(message.text()));
    alone.on('pageerror', (error) => complaints.push(error.message));
    const asked = requests(alone);
    await alone.goto(pathToFileURL(path).href);
    await ready(alone);
    await expect(alone.locator('.still')).toHaveCount(0);
    await steps(alone, 2);
    expect(await numbers(alone)).toEqual(site);
    if (scene === 'plane') await expect(alone.locator('svg.plane-figure g.theory > *')).not.toHaveCount(0);
    await expect(alone.getByRole('complementary', { name: 'Controls' })).toHaveCount(0);
    expect(asked).toEqual([pathToFileURL(path).href]);
    expect(complaints).toEqual([]);
    await alone.close();
  });
}

test('images of a reader’s own travel in the file, and only those that are picked', async ({ page, context }) => {
  await open(page, 'v=1&scene=images&images=0,16,23&samples=10&width=30&level=0.3');
  await loaded(page);
  // Five images in which each pixel has its own value; two of them are picked.
  const pixel = (n: number, i: number) => (37 * n + 11 * i + 5) & 255;
  const idx = Buffer.from([0, 0, 8, 3, 0, 0, 0, 5, 0, 0, 0, 28, 0, 0, 0, 28, ...Array.from({ length: 5 * 784 }, (_, i) => pixel(Math.floor(i / 784), i % 784))]);
  await page.getByTestId('file').setInputFiles({ name: 'mine.idx', mimeType: '', buffer: idx });
  await expect(page.getByTestId('opened')).toContainText('5 images');
  await page.getByTestId('digit-1').click();
  await page.getByTestId('pick-116').click();
  for (const index of [1000, 1002, 1003]) await page.getByTestId(`picked-${index}`).click();
  await steps(page, 2);
  const site = await numbers(page);
  const path = await exported(page, 'own.html');
  const text = readFileSync(path, 'utf8');
  const { carried } = JSON.parse(/<script type="application\/json" id="figure">(.*?)<\/script>/s.exec(text)![1]!) as { carried: { indices: number[]; pixels: string } };
  expect(carried.indices).toEqual([1001, 1004, 116]);
  const pixels = inflateSync(Buffer.from(carried.pixels, 'base64'));
  expect(pixels).toHaveLength(3 * 784);
  expect([...pixels.subarray(784, 2 * 784)]).toEqual(Array.from({ length: 784 }, (_, i) => pixel(4, i)));
  const alone = await context.newPage();
  const complaints: string[] = [];
  alone.on('console', (message) => complaints.push(message.text()));
  alone.on('pageerror', (error) => complaints.push(error.message));
  await alone.goto(pathToFileURL(path).href);
  await ready(alone);
  await expect(alone.locator('.still')).toHaveCount(0);
  await steps(alone, 2);
  // The least cost is sought in the file too; until it has come the closed form stands for it.
  await expect.poll(() => numbers(alone)).toEqual(site);
  const pictures = (where: Page) => where.evaluate(() => [...document.querySelectorAll<HTMLCanvasElement>('.pictures canvas')].map((canvas) => canvas.toDataURL()));
  expect((await pictures(alone))[0], 'the clean images').toBe((await pictures(page))[0]);
  expect(complaints).toEqual([]);
  await alone.close();
  // What someone has made of the file is refused, and its picture stays.
  const broken = join(folder, 'own-broken.html');
  writeFileSync(broken, text.replace('"indices":[1001,1004,116],"pixels"', '"indices":[1001,1004,116000000],"pixels"'));
  await page.goto(pathToFileURL(broken).href);
  await expect(page.locator('#missing')).toHaveText(/no image 116000000/);
});

test('without names and links there are none, on the screen or in the file', async ({ page, context }) => {
  await open(page, scenes.plane);
  expect(named(await exported(page, 'named.html')).length, 'the other file has some').toBeGreaterThan(0);
  const byPage = await exported(page, 'anonymous.html', true);
  const byCommand = made('anonymous-command.html', { version: 1, data: { preset: 'obtuse' } }, '--anonymous');
  for (const path of [byPage, byCommand]) {
    expect(named(path)).toEqual([]);
    const alone = await context.newPage();
    await alone.goto(pathToFileURL(path).href);
    await ready(alone);
    await expect(alone.getByTestId('badge')).toContainText('theorem');
    expect(await alone.locator('body').innerText()).not.toMatch(people);
    await expect(alone.locator('a')).toHaveCount(0);
    await alone.close();
  }
});

test.describe('the command’s file', () => {
  const experiment = { version: 1, data: { points: [[0, 0], [2, 0], [-0.5, 1]] }, noise: { radius: 0.1 }, training: { width: 40, steps: 400 } };

  test('has the command’s numbers, and a plane’s and a line’s size', async ({ page }) => {
    const path = made('command.html', experiment);
    const line = made('command-line.html', { version: 1, data: { preset: 'line-3' } });
    for (const { raw, gzip } of [sizes(path), sizes(line)]) {
      expect(raw).toBeLessThanOrEqual(most.raw);
      expect(gzip).toBeLessThanOrEqual(most.gzip);
    }
    const result = JSON.parse(execFileSync(program, ['run', '-'], { input: JSON.stringify(experiment), encoding: 'utf8' })) as { cost: number };
    await page.goto(pathToFileURL(path).href);
    await ready(page);
    expect(Math.abs((await value(page, 'formula-cost')) - result.cost)).toBeLessThan(1e-9);
    await page.goto(pathToFileURL(line).href);
    await ready(page);
    await expect(page.locator('[data-testid^=point-]')).toHaveCount(3);
  });

  test('carries images of an IDX file, at most 20 kB for ten', async ({ page, context }) => {
    const idx = join(folder, 'digits.idx');
    writeFileSync(idx, inflateSync(readFileSync(here('../../build/digits/mnist.bin'))));
    const indices = Array.from({ length: 10 }, (_, digit) => 100 * digit);
    const images = { version: 1, data: { images: { set: 'digits', indices } }, noise: { level: 0.3, samples: 10 }, training: { width: 30, method: 'weight-decay', steps: 400 } };
    const path = made('command-images.html', images, '--images', `digits=${idx}`);
    const { raw, gzip } = sizes(path);
    expect(raw).toBeLessThanOrEqual(most.raw + 20_000);
    expect(gzip).toBeLessThanOrEqual(most.gzip + 20_000);
    await page.goto(pathToFileURL(path).href);
    await ready(page);
    await expect(page.locator('.pictures')).toContainText('no. 10');
    await steps(page, 2);
    const site = await context.newPage();
    await open(site, `v=1&scene=images&images=${indices.join()}&noise=gaussian&samples=10&width=30&level=0.3&schedule=400`);
    await steps(site, 2);
    expect(await numbers(page), 'as of the page’s own digits').toEqual(await numbers(site));
    await site.close();
  });

  test('has the certified least cost where no closed form is known, and trains where workers are blocked', async ({ page }) => {
    const path = made('pentagon.html', { version: 1, data: { preset: 'pentagon' }, training: { width: 40, steps: 400 } });
    await page.addInitScript(() => Object.assign(window, { Worker: undefined }));
    await page.goto(pathToFileURL(path).href);
    await ready(page);
    await expect(page.getByTestId('badge')).toContainText('certified');
    await page.getByTestId('play').click();
    await expect(page.getByTestId('status')).not.toBeEmpty();
  });

  test('works twice in one page, in frames without an origin', async ({ page }) => {
    const body = readFileSync(made('framed.html', experiment), 'utf8');
    const frame = '<iframe sandbox="allow-scripts" src="/figure" width="600" height="420" title="figure"></iframe>';
    await page.route(/\/figure$/, (route) => route.fulfill({ body, contentType: 'text/html' }));
    await page.route(/\/paper$/, (route) => route.fulfill({ body: `<!doctype html><link rel="icon" href="data:,">${frame}${frame}`, contentType: 'text/html' }));
    await page.goto(`http://localhost:${ports.site}/paper`);
    const frames = page.frames().slice(1);
    expect(frames).toHaveLength(2);
    const read: Record<string, string>[] = [];
    for (const each of frames) {
      await ready(each);
      expect(await each.evaluate(() => self.origin)).toBe('null');
      await each.getByTestId('step').click();
      await reached(each, 'steps', (v) => v === 1);
      read.push(await numbers(each));
    }
    expect(read[0]).toEqual(read[1]);
  });

  const still = /certified|theorem|derived/;
  test('without JavaScript, and on paper, is its first state and says what is missing', async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 720, height: 800 } });
    const page = await context.newPage();
    await page.goto(pathToFileURL(made('still.html', experiment)).href);
    const picture = page.getByRole('img', { name: /clean points/ });
    for (const media of ['screen', 'print'] as const) {
      await page.emulateMedia({ media });
      await expect(picture).toBeInViewport({ ratio: 1 });
      await expect(picture.locator('circle')).toHaveCount(6);
      await expect(page.locator('.still figcaption')).toHaveText(still);
      await expect(page.locator('#missing')).toHaveText(/JavaScript and WebAssembly/);
    }
    expect((await page.pdf()).length).toBeGreaterThan(5_000);
    await context.close();
  });

  test('under a policy that forbids WebAssembly keeps its picture and says so', async ({ context }) => {
    const page = await context.newPage(); // browsers report what a policy forbids on the console
    const body = readFileSync(made('policy.html', experiment), 'utf8');
    const headers = { 'content-type': 'text/html', 'content-security-policy': "default-src 'unsafe-inline' data: blob:" };
    await page.route(/\/figure$/, (route) => route.fulfill({ body, headers }));
    await page.goto(`http://localhost:${ports.site}/figure`);
    await expect(page.locator('#missing')).toHaveText(/WebAssembly, which .* forbids/);
    await expect(page.getByRole('img', { name: /clean points/ })).toBeVisible();
    await page.close();
  });

  test('that someone has broken says so beside the picture', async ({ page }) => {
    const text = readFileSync(made('broken.html', experiment), 'utf8');
    const say = async (change: (document: string) => string, sentence: RegExp) => {
      const path = join(folder, 'changed.html');
      writeFileSync(path, text.replace(/(<script type="application\/json" id="figure">)(.*?)(<\/script>)/s, (_, a: string, document: string, c: string) => a + change(document) + c));
      await page.goto(pathToFileURL(path).href);
      await expect(page.locator('#missing')).toHaveText(sentence);
      await expect(page.getByRole('img', { name: /clean points/ })).toBeVisible();
    };
    await say(() => '{', /holds no figure of version 1/);
    await say(() => '{"version":2}', /holds no figure of version 1/);
    await say((document) => document.replace('"radius":0.1', '"radius":-1'), /radius/);
  });
});
