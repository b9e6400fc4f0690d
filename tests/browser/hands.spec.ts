// Pointer, touch and keyboard.
import type { Locator, Page } from '@playwright/test';
import { endless, expect, loaded, open, reached, ready, test, value } from './page';

const centre = async (locator: Locator) => {
  const box = (await locator.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

async function drag(page: Page, n: number, dx: number, dy: number): Promise<void> {
  const from = await centre(page.getByTestId(`point-${n}`).locator('.dot'));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let i = 1; i <= 10; ++i) await page.mouse.move(from.x + (dx * i) / 10, from.y + (dy * i) / 10);
  await page.mouse.up();
}

test('random points: a number gives the same points, which the link holds', async ({ page }) => {
  for (const scene of ['plane', 'line']) {
    const button = page.getByTestId('random-points');
    await page.goto('about:blank');
    await open(page, `scene=${scene}`);
    await button.click();
    const text = page.getByTestId('points');
    const first = await text.inputValue();
    await button.click();
    await expect(text).not.toHaveValue(first);
    const second = await text.inputValue();
    await expect(page.getByTestId('badge')).toContainText(/optimal|points on a line|No finite network/i);
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await ready(page);
    await expect(text).toHaveValue(second);
    await button.click();
    await expect(text).toHaveValue(first);
  }
});

test('a point dragged while training moves the closed form, and training goes on', async ({ page }) => {
  await open(page, `v=1&scene=plane&preset=obtuse&${endless}`);
  await page.getByTestId('play').click();
  await reached(page, 'steps', (v) => v > 2);
  const [cost, step] = [await value(page, 'formula-cost'), await value(page, 'steps')];
  await drag(page, 1, 60, 0);
  await reached(page, 'formula-cost', (v) => v !== cost && v > 0);
  await reached(page, 'steps', (v) => v > step);
  await expect(page.getByTestId('play')).toHaveText('Pause');
  await expect(page.getByTestId('points')).not.toHaveValue('');
});

test('a point held where it is refused says why; let go, it is where it was accepted last, and the sentence goes', async ({ page }) => {
  await open(page, 'v=1&scene=plane&points=0,0;2,0;0,2&radius=0.4');
  const [from, to] = [await centre(page.getByTestId('point-1').locator('.dot')), await centre(page.getByTestId('point-0').locator('.dot'))];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let i = 1; i <= 8; ++i) await page.mouse.move(from.x + ((to.x - from.x) * i) / 8, from.y);
  await expect(page.getByTestId('error-points')).toBeVisible();
  await page.mouse.up();
  await expect(page.getByTestId('error-points')).toBeHidden();
  // It is where it was accepted last: not on the other point.
  await expect(page.getByTestId('points')).toHaveValue(/^0, 0\n(?!0, 0)[\d.]+, 0\n0, 2$/);
});

test('the line: a point dragged on the diagonal, one added by double click, one removed', async ({ page }) => {
  await open(page, 'v=1&scene=line&preset=line-3');
  const cost = await value(page, 'formula-cost');
  await drag(page, 0, -30, 30);
  await reached(page, 'formula-cost', (v) => v !== cost);
  const points = page.locator('[data-testid^=point-]');
  await expect(points).toHaveCount(3);
  await page.getByTestId('add-point').click();
  await expect(points).toHaveCount(4);
  await page.getByTestId('remove-point').click();
  await expect(points).toHaveCount(3);
});

for (const scene of ['line', 'plane']) {
  test(`${scene}: "Add a point" finds room as long as there is some`, async ({ page }) => {
    await open(page, `v=1&scene=${scene}`);
    const points = page.locator('[data-testid^=point-]');
    for (let n = 4; n <= 14; ++n) {
      await page.getByTestId('add-point').click();
      await expect(points).toHaveCount(n);
    }
  });
}

test('keyboard: arrows move a point, Delete removes it, space trains', async ({ page }) => {
  await open(page, `v=1&scene=plane&preset=rays&${endless}`);
  const cost = await value(page, 'formula-cost');
  const points = page.locator('[data-testid^=point-]');
  const before = await points.count();
  await page.getByTestId('point-2').focus();
  for (let i = 0; i < 3; ++i) await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('formula-cost')).not.toHaveAttribute('data-value', String(cost));
  await expect(page.getByTestId('point-2')).toBeFocused();
  await page.keyboard.press(' ');
  await reached(page, 'steps', (v) => v > 2);
  await page.keyboard.press(' ');
  await expect(page.getByTestId('play')).toHaveText('Train');
  await page.getByTestId('point-2').focus();
  await page.keyboard.press('Delete');
  await expect(points).toHaveCount(before - 1);
});

test('keyboard: when the last point is deleted, the focus is on another', async ({ page }) => {
  await open(page, 'v=1&scene=plane&preset=rays');
  await page.getByTestId('point-4').press('Delete');
  await expect(page.locator('[data-testid^=point-]')).toHaveCount(4);
  await expect(page.getByTestId('point-3')).toBeFocused();
});

test('keyboard: images are picked with arrows and space', async ({ page }) => {
  await open(page, 'v=1&scene=images&images=0,100,200&samples=5&width=10');
  await page.getByTestId('digit-4').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab'); // the other digits
  await page.getByTestId('pick-400').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const focused = page.locator(':focus');
  await expect(focused).toHaveAttribute('data-testid', /^pick-4\d\d$/);
  await expect(focused).not.toHaveAttribute('data-testid', /pick-40[01]$/);
  await page.keyboard.press(' ');
  await expect(focused).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('[data-testid^=picked-]')).toHaveCount(4);
});

test.describe('touch', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a point follows a finger, buttons answer to taps', async ({ page }) => {
    await open(page, 'v=1&scene=plane&preset=obtuse');
    // A browser gives up a touch that a page at work does not answer within 200 ms.
    await loaded(page);
    const cost = await value(page, 'formula-cost');
    const point = page.getByTestId('point-1');
    await point.scrollIntoViewIfNeeded();
    const from = await centre(point.locator('.dot'));
    const client = await page.context().newCDPSession(page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints });
    await send('touchStart', [from]);
    for (let i = 1; i <= 8; ++i) await send('touchMove', [{ x: from.x - 3 * i, y: from.y - 2 * i }]);
    await send('touchEnd', []);
    await reached(page, 'formula-cost', (v) => v !== cost);
    // A browser that gets no time between a tap's beginning and its end takes it for a long press.
    const tap = (name: string, done: () => Promise<unknown>) =>
      expect(async () => {
        await page.getByTestId(name).tap();
        await done();
      }).toPass({ timeout: 60_000 });
    await tap('play', () => reached(page, 'steps', (v) => v > 5, 10_000));
    await tap('scene-images', () => expect(page.getByTestId('pick-1')).toBeVisible());
    await page.getByTestId('pick-1').scrollIntoViewIfNeeded();
    await tap('pick-1', () => expect(page.getByTestId('picked-1')).toBeVisible());
  });
});
