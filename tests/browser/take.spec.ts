// What is taken away: files that stand alone and say what they were made from.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, loaded, open, reached, test, value } from './page';

async function saved(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).click()]);
  return readFileSync(await download.path());
}
const text = async (page: Page, button: string) => (await saved(page, button)).toString();

/** Draws pictures on one canvas in another page and answers the share of pixels in which they differ. */
async function unlike(page: Page, a: string, b: string, width: number, height: number): Promise<number> {
  return page.evaluate(
    async ([first, second, w, h]) => {
      const pixels = async (src: string) => {
        const image = new Image();
        image.src = src;
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
        const context = canvas.getContext('2d')!;
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, w, h).data;
      };
      const [x, y] = [await pixels(first), await pixels(second)];
      let far = 0;
      for (let i = 0; i < x.length; i += 4) if (Math.max(...[0, 1, 2].map((c) => Math.abs(x[i + c]! - y[i + c]!))) > 60) ++far;
      return far / (w * h);
    },
    [a, b, Math.floor(width), Math.floor(height)] as const,
  );
}

for (const scheme of ['light', 'dark'] as const) {
  for (const scene of ['line', 'plane'] as const) {
    test(`${scene}, ${scheme}: the figure as a file looks as on the screen, and needs nothing else`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await open(page, `scene=${scene}&width=40&samples=20&schedule=1000${scene === 'plane' ? '&layers=field,boundaries,distance,samples,directions' : ''}`);
      await loaded(page);
      await page.getByTestId('play').click();
      await expect(page.getByTestId('status')).not.toHaveText('', { timeout: 60_000 });
      await page.mouse.move(2, 2);
      const svg = await text(page, 'download-figure');
      expect(svg).not.toMatch(/var\(|class=|foreignObject|<image|url\((?!#)/);
      expect(svg).toMatch(/libdenoise \d+\.\d+\.\d+, seed 1, noise seed 1, step \d+, network [0-9a-f]{16}/);
      const run = JSON.parse(await text(page, 'download-run'));
      expect(svg, 'the network of the run').toContain(run.libdenoise.checksum);
      const figure = page.locator('svg[data-figure]');
      await page.evaluate(() => scrollTo(0, 0));
      const drawing = (await figure.boundingBox())!;
      const box = { ...drawing, x: drawing.x - 12, width: drawing.width + 24 }; // with the sides that the file has
      const screen = await page.screenshot({ clip: { ...box, width: Math.floor(box.width), height: Math.floor(box.height) } });
      const share = await unlike(page, `data:image/svg+xml,${encodeURIComponent(svg)}`, `data:image/png;base64,${screen.toString('base64')}`, box.width, box.height);
      expect(share, 'of pixels that differ').toBeLessThan(0.01);

      // As librsvg draws it, which GNOME, Wikipedia and most roads from SVG to PDF use; its letters are other ones.
      const drawn = execFileSync('rsvg-convert', ['--width', String(Math.floor(box.width))], { input: svg });
      const elsewhere = await unlike(page, `data:image/png;base64,${drawn.toString('base64')}`, `data:image/png;base64,${screen.toString('base64')}`, box.width, box.height);
      expect(elsewhere, 'of pixels that differ in librsvg').toBeLessThan(0.01);

      // The PNG is the same, at twice the size.
      const png = await saved(page, 'download-png');
      expect(png.readUInt32BE(16)).toBe(Math.round(2 * Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)![1])));
    });
  }
}

test('a file of a narrow figure cuts no name of a tick', async ({ page, context }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, 'v=1&scene=line&points=-0.1;-0.02;0.07&radius=0.01');
  await loaded(page);
  const svg = await text(page, 'download-figure');
  const alone = await context.newPage();
  await alone.setContent(`<body style="margin:0">${svg.replace(/^<\?xml[^>]*>/, '')}</body>`);
  const past = await alone.evaluate(() => {
    const file = document.querySelector('svg')!.getBoundingClientRect();
    return [...document.querySelectorAll('text')].filter((name) => {
      const { left, right } = name.getBoundingClientRect();
      const clipped = getComputedStyle(name.closest('svg')!).overflow !== 'visible' && name.closest('svg svg') !== null; // an SVG in another
      return left < file.left + (clipped ? 12 : 0) || right > file.right;
    }).map((name) => name.textContent);
  });
  expect(past).toEqual([]);
  await alone.close();
});

test('tables and the run carry what they were made from, and their numbers are those of the page', async ({ page }) => {
  await open(page, 'scene=plane&width=30&samples=10&schedule=500');
  await loaded(page);
  await page.getByTestId('download-probe').click();
  await expect(page.locator('.said')).toContainText('No y is pointed at or pinned');
  await page.getByTestId('download-loss').click();
  await expect(page.locator('.said')).toContainText('before the first step');
  await page.getByTestId('play').click();
  await expect(page.getByTestId('status')).not.toHaveText('', { timeout: 60_000 });
  const run = JSON.parse(await text(page, 'download-run'));
  expect(run.experiment).toMatchObject({ version: 1, data: { preset: 'equilateral' } });
  expect(run.libdenoise).toMatchObject({ seed: 1, noiseSeed: 1, step: await value(page, 'steps') });
  expect(run.moments.at(-1).checksum, 'the record ends with the network').toBe(run.libdenoise.checksum);
  const rows = (csv: string) => csv.trim().split('\n').filter((line) => !line.startsWith('#')).map((line) => line.split(','));
  const loss = await text(page, 'download-loss');
  expect(loss.split('\n')[0]).toContain(run.libdenoise.checksum);
  expect(loss.split('\n')[1]).toMatch(/^# http.*#v=1&scene=plane/);
  expect(Number(rows(loss).at(-1)![1])).toBeCloseTo(await value(page, 'loss'), 12);
  const neurons = rows(await text(page, 'download-neurons')).slice(1);
  const cost = neurons.filter(([name]) => name === 'closed-form').reduce((sum, row) => sum + Number(row[6]), 0);
  expect(cost, 'the sum of the masses is the least cost').toBeCloseTo(await value(page, 'formula-cost'), 9);

  // At a moment of the record, that moment's network.
  await page.getByTestId('moment').press('PageUp');
  await page.getByTestId('moment').press('PageDown');
  await expect(page.getByTestId('at')).toContainText('step');
  const figure = await text(page, 'download-figure');
  const step = Number(/step (\d+)/.exec(figure)![1]);
  expect(step).toBeLessThan(run.libdenoise.step);
  expect(figure).toContain(run.moments.find((m: { step: number }) => m.step === step).checksum);
});

test('the line’s functions, the probe, the command and the citation', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'scene=line&width=20&samples=5');
  await loaded(page);
  const [head, ...rows] = (await text(page, 'download-function')).trim().split('\n').slice(2).map((line) => line.split(','));
  expect(head).toEqual(['y', 'closed-form', 'trained', 'empirical-mmse']);
  expect(rows).toHaveLength(601);
  await page.locator('svg[data-figure]').click({ position: { x: 250, y: 120 } });
  const probe = (await text(page, 'download-probe')).trim().split('\n').slice(2);
  expect(probe.map((line) => line.split(',')[2])).toEqual(['denoiser', 'closed-form', 'trained', 'empirical-mmse']);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByTestId('copy-command').click();
  await expect(page.locator('.said')).toContainText('Command copied');
  const command = await clipboard();
  expect(command).toMatch(/^echo '.*' \| denoise run - # libdenoise/);
  expect(command).not.toContain('\n');
  expect(JSON.parse(/'(.*)'/.exec(command)![1]!)).toMatchObject({ version: 1, training: { width: 20 } });
  await page.getByTestId('copy-bibtex').click();
  await expect(page.locator('.said')).toContainText('BibTeX copied');
  const bibtex = await clipboard();
  expect(bibtex.match(/^@/gm)).toHaveLength(3);
  expect(bibtex).toMatch(/network [0-9a-f]{16}/);
});

test('while it trains a file says so rather than name a network', async ({ page }) => {
  await open(page, 'scene=line&width=2000&samples=2000&schedule=10000000');
  await loaded(page);
  await page.getByTestId('play').click();
  await reached(page, 'steps', (v) => v > 0);
  expect(await text(page, 'download-figure')).toContain('a network in training');
});
