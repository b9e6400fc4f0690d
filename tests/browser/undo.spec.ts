// Undo and redo by keys, by buttons, and by the browser's Back and Forward.
import type { Page } from '@playwright/test';
import { expect, open, reached, ready, test, value } from './page';
import { base, ports } from './server.mjs';

const hash = 'v=1&scene=plane&preset=obtuse&samples=10&width=30';
const preset = (page: Page) => page.getByTestId('preset');
const points = (page: Page) => page.locator('[data-testid^=point-]');
const hashOf = (page: Page) => new URL(page.url()).hash.slice(1);

async function drag(page: Page, n: number, dx: number, dy: number): Promise<void> {
  const { x, y, width, height } = (await page.getByTestId(`point-${n}`).locator('.dot').boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  for (let i = 1; i <= 10; ++i) await page.mouse.move(x + width / 2 + (dx * i) / 10, y + height / 2 + (dy * i) / 10);
  await page.mouse.up();
}

for (const modifier of ['Control', 'Meta']) {
  test(`a drag is undone in one step, and redone, with ${modifier}`, async ({ page }) => {
    await open(page, hash);
    const start = await value(page, 'formula-cost');
    await drag(page, 1, 60, 10);
    const moved = await reached(page, 'formula-cost', (v) => v !== start);
    await expect(preset(page)).toHaveValue('');
    await expect(page.getByTestId('point-1')).toBeFocused();
    await page.keyboard.press(`${modifier}+z`);
    await expect(preset(page)).toHaveValue('obtuse');
    await reached(page, 'formula-cost', (v) => v === start);
    await page.keyboard.press(`${modifier}+Shift+Z`);
    await reached(page, 'formula-cost', (v) => v === moved);
    await page.keyboard.press(`${modifier}+z`);
    await reached(page, 'formula-cost', (v) => v === start);
    await page.keyboard.press(`${modifier}+y`);
    await reached(page, 'formula-cost', (v) => v === moved);
  });
}

test('Back and Forward go along the same steps, and the address with them', async ({ page }) => {
  await open(page, hash);
  await drag(page, 1, 60, 10);
  await drag(page, 1, -20, 5);
  await expect(preset(page)).toHaveValue('');
  await page.getByTestId('add-point').click();
  await expect(points(page)).toHaveCount(4);
  await preset(page).selectOption('acute');
  await page.getByTestId('scene-line').click();
  await expect.poll(() => hashOf(page)).toBe('v=1&scene=line');
  await page.goBack();
  await expect(preset(page)).toHaveValue('acute');
  await page.goBack();
  await expect(points(page)).toHaveCount(4);
  await page.goBack();
  await expect(points(page)).toHaveCount(3);
  await page.goBack();
  await expect(preset(page)).toHaveValue('');
  await page.goBack();
  await expect(preset(page)).toHaveValue('obtuse');
  await expect.poll(() => hashOf(page)).toBe(hash);
  await expect(page.getByTestId('undo')).toHaveAttribute('aria-disabled', 'true');
  await page.getByTestId('redo').click();
  await expect(preset(page)).toHaveValue('');
  await page.goForward();
  await page.goForward();
  await expect(points(page)).toHaveCount(4);
  await page.getByTestId('undo').click();
  await expect(points(page)).toHaveCount(3);
});

test('after a reload Back still returns to what was', async ({ page }) => {
  await open(page, hash);
  await page.getByTestId('add-point').click();
  await expect(points(page)).toHaveCount(4);
  await expect.poll(() => hashOf(page)).toContain('points=');
  await page.reload();
  await ready(page);
  await expect(points(page)).toHaveCount(4);
  await expect(page.getByTestId('undo')).toHaveAttribute('aria-disabled', 'true');
  await page.goBack();
  await expect(preset(page)).toHaveValue('obtuse');
  await page.goForward();
  await expect(points(page)).toHaveCount(4);
});

test('keys: a nudge is a step; the buttons are reached and keep the focus; text has its own undo', async ({ page }) => {
  await open(page, hash);
  const start = await value(page, 'formula-cost');
  await page.getByTestId('point-1').focus();
  await page.keyboard.press('ArrowRight');
  const once = await reached(page, 'formula-cost', (v) => v !== start);
  await page.keyboard.press('ArrowRight');
  await reached(page, 'formula-cost', (v) => v !== once);
  const undo = page.getByRole('button', { name: 'Undo' });
  await page.getByTestId('remove-point').focus();
  await page.keyboard.press('Tab');
  for (let i = 0; i < 5 && !(await undo.evaluate((e) => e === document.activeElement)); ++i) await page.keyboard.press('Tab');
  await expect(undo).toBeFocused();
  await page.keyboard.press('Enter');
  await reached(page, 'formula-cost', (v) => v === once);
  await page.keyboard.press('Enter');
  await reached(page, 'formula-cost', (v) => v === start);
  await expect(undo).toHaveAttribute('aria-disabled', 'true');
  await expect(undo).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(preset(page)).toHaveValue('obtuse');

  await page.getByTestId('add-point').click();
  await expect(points(page)).toHaveCount(4);
  await page.getByTestId('width').fill('31');
  await page.keyboard.press('Control+z');
  await expect(points(page)).toHaveCount(4);
});

test('a preset that is touched in the middle of training is itself again, and trains from its initial weights', async ({ page }) => {
  await open(page, hash);
  const initial = await value(page, 'cost');
  await page.getByTestId('step').click();
  await reached(page, 'steps', (v) => v === 1);
  await page.getByTestId('step').click();
  await reached(page, 'steps', (v) => v === 2);
  await page.getByTestId('point-1').press('ArrowLeft');
  await expect(preset(page)).toHaveValue('');
  await reached(page, 'steps', (v) => v === 2);
  await page.getByTestId('undo').click();
  await expect(preset(page)).toHaveValue('obtuse');
  await reached(page, 'steps', (v) => v === 0);
  expect(await value(page, 'cost')).toBe(initial);
  await page.getByTestId('step').click();
  await reached(page, 'steps', (v) => v === 1);
});

test('a run that is undone to its link ends as the link does: at rest, and while it trains', async ({ page }) => {
  const names = ['steps', 'loss', 'residual', 'cost', 'sup-distance'];
  const ended = async () => {
    await reached(page, 'steps', (v) => v === 2000);
    await expect(page.getByTestId('status')).not.toHaveText('');
    return Promise.all(names.map((name) => value(page, name)));
  };
  const start = 'v=1&scene=plane&schedule=2000';
  await open(page, start);
  await page.getByTestId('play').click();
  const end = await ended();
  await page.getByTestId('point-0').press('ArrowDown');
  await reached(page, 'steps', (v) => v > 2000);
  await page.getByTestId('copy-link').click();
  await expect(page.locator('.said')).toContainText('trained on other data before');
  await page.getByTestId('undo').click();
  await expect.poll(ended).toEqual(end);
  expect(hashOf(page)).toBe(start);
  await page.getByTestId('copy-link').click();
  await expect(page.locator('.said')).toHaveText(/^Link(?!.*initial weights)/);
  await page.getByTestId('reset').click();
  await page.getByTestId('play').click();
  await reached(page, 'steps', (v) => v > 0);
  await page.getByTestId('point-0').press('ArrowDown');
  await page.goBack();
  await expect.poll(ended).toEqual(end);
});

test('in a frame points are undone by keys, and the history of the paper stays as it was', async ({ page }) => {
  await page.goto(`http://localhost:${ports.host}/?${encodeURIComponent(`${hash}&embed`)}`);
  const frame = page.frames().find((f) => f.url().includes(`:${ports.site}${base}`))!;
  await ready(frame);
  const before = await page.evaluate(() => history.length);
  const start = await value(frame, 'formula-cost');
  await frame.getByTestId('point-1').press('ArrowRight');
  await reached(frame, 'formula-cost', (v) => v !== start);
  await frame.getByTestId('point-1').press('Control+z');
  await reached(frame, 'formula-cost', (v) => v === start);
  await frame.getByTestId('point-1').press('Control+Shift+Z');
  await reached(frame, 'formula-cost', (v) => v !== start);
  expect(await page.evaluate(() => history.length)).toBe(before);
});

test('the link of a frame shows the state of the frame', async ({ page, context }) => {
  await page.goto(`http://localhost:${ports.host}/?${encodeURIComponent(`${hash}&embed`)}`);
  const frame = page.frames().find((f) => f.url().includes(`:${ports.site}${base}`))!;
  await ready(frame);
  await frame.getByTestId('point-1').press('ArrowRight');
  await frame.getByTestId('point-2').press('Shift+ArrowUp');
  await frame.getByTestId('reset').click();
  await reached(frame, 'steps', (v) => v === 0);
  const [opened] = await Promise.all([context.waitForEvent('page'), frame.getByRole('link', { name: 'Open with its controls' }).click()]);
  await ready(opened);
  for (const name of ['formula-cost', 'loss', 'cost', 'residual']) expect(await value(opened, name), name).toBe(await value(frame, name));
  // And back: its embed code is of the frame's state.
  await expect.poll(() => hashOf(opened)).toBe(new URL(frame.url()).hash.slice(1).replace('&embed', ''));
});
