// Runs side by side, by the page's controls. That kept runs are what they were is tests/page/compare.test.mjs's.
import type { Page } from '@playwright/test';
import { expect, loaded, open, test, value, violations } from './page';

async function train(page: Page): Promise<void> {
  await page.getByTestId('play').click();
  await expect(page.getByTestId('status')).not.toHaveText('', { timeout: 60_000 });
}
const cell = (page: Page, row: string, run: number) => page.getByTestId(`compare-${row}-${run}`);
const step = async (page: Page, run: number) => Number((await cell(page, 'step', run).innerText()).replaceAll(',', ''));

for (const scene of ['line', 'plane']) {
  test(`${scene}: two runs are kept beside a third, at one step and on the same axes`, async ({ page }) => {
    await open(page, `scene=${scene}&width=30&samples=10&schedule=500`);
    await loaded(page);
    const keep = page.getByTestId('keep');
    await expect(keep).toHaveAttribute('aria-disabled', 'true');
    await train(page);
    const cost = (await value(page, 'cost')).toFixed(4);
    await keep.click();
    await expect(page.locator('.compare .panel')).toHaveCount(2);
    await page.getByTestId('new-seed').click();
    await train(page);
    await expect(cell(page, 'cost', 0)).toHaveText(cost);
    await expect(cell(page, 'seed', 0)).toHaveText('1');
    await expect(cell(page, 'seed', 1)).toHaveText('2');
    await expect(cell(page, 'method', 0)).toHaveCount(0);
    await keep.click();
    await page.getByTestId('method').selectOption('weight-decay');
    await train(page);
    await expect(cell(page, 'method', 2)).toHaveText('weight decay');
    await expect(keep).toHaveAttribute('aria-disabled', 'true');
    const panels = page.locator('.compare .panel');
    await expect(panels).toHaveCount(3);
    const axes = await panels.evaluateAll((all) => all.map((panel) => [...panel.querySelectorAll('.axis-x .tick text')].map((t) => t.textContent).join()));
    expect(new Set(axes).size, axes.join(' | ')).toBe(1);
    if (scene === 'plane') {
      // A point beyond the window is not drawn over what stands beside the picture.
      const dots = panels.first().locator('.clean circle');
      await expect(dots).toHaveCount(3);
      for (let k = 0; k < 3; ++k) await page.getByTestId('zoom-in').click();
      await expect(dots).not.toHaveCount(3);
      await page.getByTestId('look-whole').click();
      await expect(dots).toHaveCount(3);
    }
    expect(await violations(page)).toEqual([]);

    // One scrubber for all, on a scale of logarithms.
    await page.getByTestId('moment').press('PageDown');
    await expect.poll(() => step(page, 2)).toBeLessThan(400);
    const steps = await Promise.all([0, 1, 2].map((run) => step(page, run)));
    for (const s of steps) expect(Math.abs(Math.log1p(s) - Math.log1p(steps[2]!)), steps.join()).toBeLessThan(0.4);

    // Of other points they are not shown, nor lost.
    await page.getByTestId('random-points').click();
    await expect(page.locator('.compare')).toContainText('Two kept runs are of other points');
    await expect(panels).toHaveCount(0);
    await page.getByTestId('undo').click();
    await expect(panels).toHaveCount(3);
    await page.getByTestId('drop-A').click();
    await expect(panels).toHaveCount(2);
    await train(page);
    await expect(keep).toHaveAttribute('aria-disabled', 'false');
    expect(page.url()).not.toMatch(/kept|compare/);
  });
}
