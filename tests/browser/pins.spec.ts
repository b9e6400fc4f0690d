// Pinned y: as many as there is room for, by pointer, touch and keyboard, named, in the link and in the table.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, loaded, open, ready, test, violations } from './page';

const pins = (page: Page) => page.locator('svg[data-figure] [data-testid^=pin-]');
async function rows(page: Page): Promise<string[][]> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('download-probe').click()]);
  return readFileSync(await download.path(), 'utf8').trim().split('\n').slice(2).map((line) => line.split(','));
}

test('plane: a y is pinned where it is held, named, moved by keys and by hand, and is in link and table', async ({ page }) => {
  await open(page, 'scene=plane&width=20&samples=5');
  await loaded(page);
  const figure = page.locator('svg[data-figure]');
  const box = (await figure.boundingBox())!;
  await page.mouse.click(box.x + 0.6 * box.width, box.y + 0.5 * box.height);
  const held = await page.locator('p.probe span').first().innerText();
  await page.getByTestId('pin').click();
  await expect(page.getByTestId('pin-at-0')).toHaveText(held);
  await page.getByTestId('pin-name-0').fill('cor;ner@');
  await page.getByTestId('pin-name-0').press('Enter');
  await expect(page.getByTestId('pin-name-0')).toHaveValue('corner');
  await expect(page).toHaveURL(/pins=corner%40/);
  await page.getByTestId('pin-0').press('ArrowUp');
  await expect(page.getByTestId('pin-at-0')).not.toHaveText(held);
  const nudged = await page.getByTestId('pin-at-0').innerText();
  const dot = (await page.getByTestId('pin-0').locator('.dot').boundingBox())!;
  await page.mouse.move(dot.x + 5, dot.y + 5);
  await page.mouse.down();
  await page.mouse.move(dot.x - 60, dot.y + 30, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByTestId('pin-at-0')).not.toHaveText(nudged);
  await expect(page.locator('[data-testid^=point-]'), 'no point was added').toHaveCount(3);
  await page.keyboard.press('Escape');
  await page.getByTestId('pin').click();
  await expect(pins(page)).toHaveCount(2);
  expect(await violations(page)).toEqual([]);

  await page.waitForTimeout(500); // the address follows
  const link = page.url();
  const told = await page.locator('.pinned-values').innerText();
  await page.goto('about:blank');
  await page.goto(link);
  await ready(page);
  await expect(page.locator('.pinned-values')).toHaveText(told, { useInnerText: true });
  const [head, ...table] = await rows(page);
  expect(head).toEqual(['pin', 'y1', 'y2', 'denoiser', 'h1', 'h2']);
  expect(table.map(([name]) => name)).toEqual(['corner', 'corner', 'corner', 'A', 'A', 'A']);
  await page.getByTestId('pin-1').press('Delete');
  await expect(pins(page)).toHaveCount(1);
  await page.getByTestId('unpin-0').click();
  await expect(pins(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(/pins=/);
});

test('eight are the most there is room for, which is said; those of another dimension are not shown', async ({ page }) => {
  await open(page, 'scene=line&width=20&samples=5');
  await loaded(page);
  for (let n = 1; n <= 8; ++n) {
    await page.getByTestId('pin').click();
    await expect(pins(page)).toHaveCount(n);
  }
  const places = await page.locator('[data-testid^=pin-at-]').allTextContents();
  expect(new Set(places).size, 'no two on one another').toBe(8);
  await expect(page.getByTestId('pin')).toHaveAttribute('aria-disabled', 'true');
  await expect(page.locator('.pinning')).toContainText('8 are pinned, the most there is room for');
  await page.getByTestId('pin').click({ force: true });
  await expect(pins(page)).toHaveCount(8);
  await page.goto('about:blank');
  await open(page, 'scene=line&width=20&samples=5&pins=A@0.5;B@1,1');
  await loaded(page);
  await expect(pins(page)).toHaveCount(1);
  await expect(page.locator('.pinning')).toContainText('1 of points of another dimension is not shown');
  await page.goto('about:blank');
  await open(page, `scene=line&pins=${Array.from({ length: 9 }, (_, i) => `P${i}@${i}`).join(';')}`);
  await expect(page.getByTestId('note')).toContainText('"pins=');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test('a tapped y is pinned', async ({ page }) => {
    await open(page, 'scene=plane&width=20&samples=5');
    await loaded(page);
    const box = (await page.locator('svg[data-figure]').boundingBox())!;
    await page.touchscreen.tap(box.x + box.width * 0.6, box.y + box.height * 0.5);
    const held = await page.locator('p.probe span').first().innerText();
    await page.getByTestId('pin').scrollIntoViewIfNeeded();
    await page.getByTestId('pin').tap();
    await expect(page.getByTestId('pin-at-0')).toHaveText(held);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
