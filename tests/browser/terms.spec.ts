// Terms of a formula light up what they mean, and carry the numbers of the picture; presets as pictures.
import type { Page } from '@playwright/test';
import { expect, loaded, open, reached, requests, test, value, violations } from './page';

const lit = (page: Page) => page.locator('svg[data-figure] .lit path');

for (const [scene, hash, balls] of [['plane', 'preset=equilateral', 3], ['line', 'preset=line-5', 5]] as const) {
  test(`${scene}: hovered or focused, a term lights its ramps, balls and neurons`, async ({ page }) => {
    await open(page, `scene=${scene}&${hash}&width=20&samples=5`);
    await loaded(page);
    await expect(lit(page)).toHaveCount(0);
    const term = (what: string) => page.locator(`.maths [data-term=${what}]`).first();
    await term('balls').hover();
    await expect(lit(page)).toHaveCount(balls);
    await page.mouse.move(1, 1);
    await expect(lit(page)).toHaveCount(0);
    await term('points').focus();
    await expect(lit(page)).toHaveCount(balls);
    await page.getByTestId('term-ramps-0').focus();
    await expect(lit(page)).toHaveCount(1);
    await page.getByTestId('term-ramps').focus();
    await expect(lit(page)).toHaveCount(scene === 'plane' ? 3 : 4);
    await page.getByTestId('steps').click();
    await term('trained').focus();
    await expect.poll(() => lit(page).first().getAttribute('d')).toMatch(/^M/);
    // Their numbers are the page's: the ramps' costs, or twice the slopes, sum to the least cost.
    const shares = await page.locator('[data-testid^=term-ramps-]').evaluateAll((all) => all.map((e) => Number(/[\d.]+$/.exec(e.textContent!)![0])));
    const sum = shares.reduce((a, b) => a + b, 0) * (scene === 'plane' ? 1 : 2);
    expect(Math.abs(sum - (await value(page, 'formula-cost')))).toBeLessThan(0.006);
    expect(await violations(page)).toEqual([]);
  });
}

for (const { chapter: id, term, lights } of [
  { chapter: 'bends', term: 'ramps', lights: 2 },
  { chapter: 'ramps', term: 'base', lights: 1 },
  { chapter: 'ninety', term: 'ramps', lights: 2 },
  { chapter: 'training', term: 'trained', lights: 1 },
  { chapter: 'any-points', term: 'ramps', lights: 3 },
]) {
  test(`in the story, the formula of chapter ${id} lights the figure`, async ({ page }) => {
    await page.goto(`./#story=${id}`);
    await expect(page.getByTestId('story-figure')).toHaveAttribute('data-shows', id);
    const chapter = page.getByTestId(`chapter-${id}`);
    await chapter.getByTestId('term-ramps-1').hover();
    await expect(lit(page)).toHaveCount(1);
    await chapter.locator(`.maths [data-term=${term}]`).first().hover();
    await expect.poll(() => lit(page).count()).toBeGreaterThanOrEqual(lights);
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test('a tap lights a term', async ({ page }) => {
    await open(page, 'scene=plane&preset=obtuse&width=20&samples=5');
    await loaded(page);
    const term = page.locator('.maths [data-term=ramps]').first();
    await term.scrollIntoViewIfNeeded();
    await term.tap();
    await expect(lit(page)).toHaveCount(2);
  });
});

test('presets as pictures: by pointer and arrow keys, the list goes along, and nothing jumps', async ({ page }) => {
  await page.addInitScript(() => {
    const seen = { shift: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await open(page, 'scene=plane');
  await loaded(page);
  await expect(page.locator('[data-testid^=sketch-]')).toHaveCount(10);
  expect(await page.evaluate(() => (window as unknown as { seen: { shift: number } }).seen.shift)).toBeLessThan(0.02);
  const asked = requests(page);
  await page.getByTestId('sketch-obtuse').click();
  await expect(page.getByTestId('preset')).toHaveValue('obtuse');
  await expect(page.getByTestId('sketch-obtuse').getByRole('radio')).toBeChecked();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('preset')).toHaveValue('rays');
  await page.getByTestId('preset').selectOption('square');
  await expect(page.getByRole('radio', { name: 'Square' })).toBeChecked();
  await page.getByRole('radio', { name: 'Square' }).press('Control+z');
  await expect(page.getByTestId('preset')).toHaveValue('rays');
  await page.getByTestId('add-point').click();
  await expect(page.locator('.sketches :checked')).toHaveCount(0);
  expect(asked).toEqual([]);
  await page.getByTestId('scene-line').click();
  await expect(page.locator('[data-testid^=sketch-]')).toHaveCount(3);
  await expect(page.locator('.sketches .graph').first()).toHaveAttribute('d', /^M.*L/);
  await reached(page, 'steps', (v) => v === 0);
});
