// What the page fetches, and when: little before its first figure, the digits after it, and then
// nothing any more.
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, later, loaded, note, open, ready, reached, requests, test } from './page';

const digits = /mnist/;

const compressed = (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

const openings = { plane: { hash: '#scene=plane', most: 350_000 }, line: { hash: '#scene=line', most: 350_000 }, story: { hash: '', most: 400_000 } };

for (const [name, { hash, most }] of Object.entries(openings)) {
  test(`${name}: the first figure takes neither digits nor search, which come after it`, async ({ page }) => {
    const bodies = new Map<string, Promise<Buffer>>();
    page.on('response', (response) => {
      if (response.url().startsWith('http')) bodies.set(response.url(), response.body());
    });
    // When the first clean point of a figure is drawn, in the page's own time.
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (document.querySelector('svg[data-figure] .point') === null) return;
        Object.assign(window, { firstFigure: performance.now() });
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(`./${hash}`);
    if (hash === '') await page.waitForLoadState('networkidle');
    else await loaded(page);
    const wait = await page.evaluate(() => {
      const { firstFigure } = window as unknown as { firstFigure: number };
      const fetched = performance.getEntriesByType('resource').filter(({ name }) => /mnist|minimum_cost|prover/.test(name));
      return Math.min(...fetched.map(({ startTime }) => startTime)) - firstFigure;
    });
    expect(wait, 'from the first figure to the first request for what comes later, ms').toBeGreaterThan(0);
    let total = 0;
    for (const [url, body] of bodies) {
      if (later.test(url) && !(hash === '' && /story/.test(url))) continue;
      const size = compressed(await body);
      total += size;
      note('before the first figure', `${url.replace(/.*\//, '')} ${size} bytes`);
    }
    note('before the first figure', `${total} bytes in all, brotli`);
    expect(total, 'bytes before the first figure, brotli').toBeLessThanOrEqual(most);
  });
}

test('once the digits are there the page works without a network', async ({ page, context }) => {
  await page.goto('./#scene=plane');
  await loaded(page);
  const asked = requests(page);
  await context.setOffline(true);
  for (const scene of ['images', 'line', 'plane', 'images']) {
    await page.getByTestId(`scene-${scene}`).click();
    await expect(page.getByTestId(`scene-${scene}`)).toHaveAttribute('aria-current', 'page');
    await reached(page, 'steps', (v) => v === 0);
    if (scene === 'images') continue; // a step of them takes its time on a busy machine
    await page.getByTestId('step').click();
    await reached(page, 'steps', (v) => v === 1);
  }
  await expect(page.locator('[data-testid^=picked-]')).toHaveCount(3);
  expect(asked).toEqual([]);
});

test('a link to images fetches the digits first, once', async ({ page }) => {
  const asked = requests(page);
  await page.goto('./#scene=images&images=0,103,206&samples=10&width=30');
  await loaded(page);
  await expect(page.getByTestId('image-error-trained-2')).not.toHaveAttribute('data-value', '');
  expect(asked.filter((url) => digits.test(url))).toHaveLength(1);
});

test('a search that does not come is said to be missing, and is asked for again', async ({ browser, baseURL }) => {
  const page = await browser.newPage({ baseURL });
  let lost = true;
  await page.route(/minimum_cost.*wasm/, (route) => (lost ? route.abort() : route.continue()));
  await page.goto('./#scene=plane&preset=pentagon');
  await ready(page);
  await expect(page.getByTestId('note')).toContainText('The search for the least cost could not be loaded');
  await page.getByTestId('step').click();
  await reached(page, 'steps', (v) => v === 1);
  lost = false;
  await page.getByTestId('scene-line').click();
  await page.getByTestId('scene-plane').click();
  await expect(page.getByTestId('badge')).toContainText('optimal among finite networks');
  await expect(page.getByTestId('note')).toBeEmpty();
  await page.close();
});

test.describe('digits that do not come', () => {
  test('are said to be missing; the other scenes stay, and images open once they can be had', async ({ browser, baseURL }) => {
    const page = await browser.newPage({ baseURL });
    let lost = true;
    await page.route(digits, (route) => (lost ? route.abort() : route.continue()));
    await page.goto('./#scene=plane');
    await ready(page);
    await page.getByTestId('scene-images').click();
    await expect(page.getByTestId('note')).toContainText('The digits could not be loaded');
    await page.getByTestId('step').click();
    await reached(page, 'steps', (v) => v === 1);
    await page.getByTestId('scene-line').click();
    await expect(page.getByTestId('scene-line')).toHaveAttribute('aria-current', 'page');
    lost = false;
    await page.getByTestId('scene-images').click();
    await expect(page.getByTestId('scene-images')).toHaveAttribute('aria-current', 'page');
    await expect(page.locator('[data-testid^=picked-]')).toHaveCount(3);
    await reached(page, 'steps', (v) => v === 0);
    await page.close();
  });
});
