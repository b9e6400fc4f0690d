// The page in an article: the frame of the README's size, the copied code, frames without an origin.
import { expect, open, ready, reached, steps, test } from './page';
import { ports } from './server.mjs';

const scenes = {
  line: 'v=1&scene=line&preset=line-5',
  plane: 'v=1&scene=plane&preset=acute',
  'plane without a closed form': 'v=1&scene=plane&preset=pentagon',
  flow: 'v=1&scene=flow&preset=right',
  images: 'v=1&scene=images&samples=10&width=50',
  'three images': 'v=1&scene=images&images=0,16,23&samples=10&width=50',
  'twenty images': `v=1&scene=images&images=${Array.from({ length: 20 }, (_, i) => 50 * i).join()}&samples=2&width=20`,
};

/** In the page: what of the figure and of the numbers is not in the frame. */
function outside(): string[] {
  const figure = document.querySelector('svg[data-figure], .pictures table')!;
  const numbers = [...document.querySelectorAll('[data-value]')].filter((e) => !e.closest('.unseen') && e.checkVisibility());
  return [figure, ...numbers]
    .map((e) => ({ name: e.getAttribute('data-testid') ?? 'figure', box: e.getBoundingClientRect() }))
    .filter(({ box }) => box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth || box.width === 0)
    .map(({ name, box }) => `${name}: ${Math.round(box.top)} to ${Math.round(box.bottom)}`);
}

for (const [name, hash] of Object.entries(scenes)) {
  test(`${name}: a frame of the copied size shows the figure and every number`, async ({ page }) => {
    await open(page, hash);
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await page.getByTestId('copy-embed').click();
    const code = await page.getByLabel('Text to copy').inputValue();
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(code) ?? [];
    if (name !== 'twenty images' && name !== 'flow') expect([width, height], 'the size that the README gives').toEqual(['720', '640']);
    await page.setViewportSize({ width: Number(width), height: Number(height) });
    await page.goto('about:blank');
    await open(page, `${hash}&embed`);
    await steps(page, 1);
    await page.mouse.move(1, 1);
    expect(await page.evaluate(outside)).toEqual([]);
  });
}

test.describe('in a frame without an origin', () => {
  test('the site trains where its server lets every origin read it', async ({ page }) => {
    await page.goto(`http://localhost:${ports.host}/sandboxed-open?${encodeURIComponent('v=1&scene=line&width=40&embed')}`);
    const frame = page.frames().find((f) => f.url().includes('/open/'))!;
    await ready(frame);
    expect(await frame.evaluate(() => self.origin)).toBe('null');
    await frame.getByTestId('play').click();
    await reached(frame, 'steps', (v) => v > 50);
    await expect(frame.locator('#unloaded')).toHaveCount(0);
    await expect.poll(() => page.workers().length, 'that which trains and that which proves, as elsewhere').toBe(2);
  });

  test('elsewhere one sentence leads to the single file, which shows the same there', async ({ context }) => {
    const page = await context.newPage(); // browsers report refused scripts on the console
    await page.goto(`http://localhost:${ports.host}/sandboxed?${encodeURIComponent('v=1&scene=line&preset=line-5&width=40&embed')}`);
    const frame = page.frames().find((f) => f.url().includes(`:${ports.site}`))!;
    await expect(frame.locator('#unloaded')).toBeVisible();
    await expect(frame.locator('#unloaded')).toHaveText(/Access-Control-Allow-Origin: \*/);
    await frame.getByRole('link', { name: 'as one file' }).click();
    await ready(frame);
    await expect(frame.locator('[data-testid^=point-]')).toHaveCount(5);
    await frame.getByTestId('play').click();
    await reached(frame, 'steps', (v) => v > 50);
    await page.close();
  });
});
