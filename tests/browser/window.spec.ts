// The window on the plane: moved and scaled by hand, by keys and by buttons; what is in it stays true.
import type { Page } from '@playwright/test';
import { expect, loaded, open, reached, test, value } from './page';

const ticks = (page: Page, axis: 'x' | 'y') => page.locator(`svg.plane-figure[data-figure] .axis-${axis} .tick text`).allTextContents();
const span = async (page: Page, axis: 'x' | 'y') => {
  const numbers = (await ticks(page, axis)).map((t) => Number(t.replace('−', '-')));
  return { low: Math.min(...numbers), high: Math.max(...numbers), wide: Math.max(...numbers) - Math.min(...numbers) };
};

test('the plane’s window is scaled by the wheel with Ctrl, moved by a drag, and shown whole again', async ({ page }) => {
  await open(page, 'scene=plane&width=20&samples=5&layers=field,boundaries');
  await loaded(page);
  await expect(page.getByTestId('look-whole')).toHaveAttribute('aria-disabled', 'true');
  const whole = [await ticks(page, 'x'), await ticks(page, 'y')];
  const figure = page.locator('svg[data-figure]');
  const box = (await figure.boundingBox())!;
  const [x, y] = [box.x + 0.55 * box.width, box.y + 0.4 * box.height];
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -200); // the page's
  await page.keyboard.down('Control');
  for (let i = 0; i < 3; ++i) await page.mouse.wheel(0, -250);
  await page.keyboard.up('Control');
  await expect.poll(async () => (await span(page, 'x')).wide).toBeLessThan(1);
  await expect(page.getByTestId('look-whole')).toHaveAttribute('aria-disabled', 'false');
  expect(page.url(), 'no place of the link').not.toMatch(/look|view|zoom/);
  // The field of the network is computed for the window: its arrows fill it.
  await expect(async () => {
    const arrows = await page.evaluate(() => {
      const paths = [...document.querySelectorAll('svg[data-figure] .field .shaft')].map((p) => p.getAttribute('d')!).join('');
      const at = [...paths.matchAll(/M([\d.-]+),([\d.-]+)/g)].map((m) => Number(m[1]));
      return Math.max(...at) - Math.min(...at);
    });
    expect(arrows).toBeGreaterThan(0.8 * (Math.min(box.width, box.height) - 60));
  }).toPass();

  // What is outside of it is not drawn over what stands beside the figure.
  const stray = await page.evaluate(() => {
    const rect = document.querySelector('svg[data-figure] clipPath rect')!;
    const [left, top, wide, high] = ['x', 'y', 'width', 'height'].map((name) => Number(rect.getAttribute(name)));
    return [...document.querySelectorAll('svg[data-figure] .point')].filter((point) => {
      const [px, py] = /translate\(([\d.e-]+),([\d.e-]+)/.exec(point.getAttribute('transform')!)!.slice(1).map(Number) as [number, number];
      const inside = px >= left! - 1 && px <= left! + wide! + 1 && py >= top! - 1 && py <= top! + high! + 1;
      return inside === (getComputedStyle(point).opacity === '0');
    }).length;
  });
  expect(stray, 'points that are seen outside, or unseen inside').toBe(0);
  await expect(page.locator('.point.beyond')).not.toHaveCount(0);

  const before = await span(page, 'x');
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 150, y, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await span(page, 'x')).low).toBeGreaterThan(before.low);
  await expect(page.locator('[data-testid^=point-]'), 'no point was added or moved').toHaveCount(3);
  expect(await value(page, 'steps')).toBe(0);

  await page.getByTestId('look-whole').click();
  await expect.poll(() => ticks(page, 'x')).toEqual(whole[0]);
  expect(await ticks(page, 'y')).toEqual(whole[1]);
});

test('by keys and buttons too, within bounds; a point in a near window moves by what is seen', async ({ page }) => {
  await open(page, 'scene=plane&preset=obtuse&width=20&samples=5');
  await loaded(page);
  const whole = await span(page, 'x');
  await page.getByTestId('point-1').focus();
  for (let i = 0; i < 20; ++i) await page.keyboard.press('-');
  await expect.poll(async () => (await span(page, 'x')).wide).toBeGreaterThan(2 * whole.wide);
  expect((await span(page, 'x')).wide).toBeLessThan(6 * whole.wide);
  await page.keyboard.press('0');
  await expect.poll(async () => (await span(page, 'x')).wide).toBe(whole.wide);
  for (let i = 0; i < 5; ++i) await page.getByTestId('look-right').click();
  await expect.poll(async () => (await span(page, 'x')).low).toBeGreaterThan(whole.low);
  await page.getByTestId('look-whole').click();
  await page.getByTestId('zoom-in').click();
  await page.getByTestId('zoom-in').click();
  await expect.poll(async () => (await span(page, 'x')).wide).toBeLessThan(0.7 * whole.wide);

  // The point at 0, 0 in the middle of the left: dragged by 40 pixels it goes as far as the axis says.
  const dot = page.getByTestId('point-0').locator('.dot');
  await dot.scrollIntoViewIfNeeded();
  const from = (await dot.boundingBox())!;
  const near = await span(page, 'x');
  await page.mouse.move(from.x + 6, from.y + 6);
  await page.mouse.down();
  await page.mouse.move(from.x + 46, from.y + 6, { steps: 5 });
  await page.mouse.up();
  const moved = Number((await page.getByTestId('points').inputValue()).split(/[,\n]/)[0]);
  const places = await page.locator('svg[data-figure] .axis-x .tick').evaluateAll((all) => all.map((t) => Number(/translate\(([\d.-]+)/.exec(t.getAttribute('transform')!)![1])));
  const unit = (near.high - near.low) / (Math.max(...places) - Math.min(...places));
  expect(Math.abs(moved - 40 * unit)).toBeLessThan(0.1 * 40 * unit);
  expect((await span(page, 'x')).wide, 'the window stays').toBeCloseTo(near.wide, 6);

  // Other points that lie elsewhere are shown whole.
  await page.getByTestId('points').fill('100,100\n140,100\n100,130');
  await expect.poll(async () => (await span(page, 'x')).wide).toBeGreaterThan(40);
  await page.getByTestId('step').click();
  await reached(page, 'steps', (v) => v >= 1);
});
