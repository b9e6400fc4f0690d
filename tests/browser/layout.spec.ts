// What stands where: the figure and its distance to the theorem on the first screen, the figure in
// view with what moves it, things large enough to be hit.
import type { Page } from '@playwright/test';
import { expect, loaded, open, reached, test, value } from './page';

const scenes = {
  line: 'v=1&scene=line&preset=line-5',
  plane: 'v=1&scene=plane&preset=acute',
  flow: 'v=1&scene=flow&preset=right',
  images: 'v=1&scene=images&images=0,16,23&samples=5&width=20',
};
const figure = (page: Page) => page.locator('svg[data-figure], .pictures');

for (const [scene, hash] of Object.entries(scenes)) {
  for (const [width, height] of [
    [1024, 768],
    [1440, 900],
  ] as const) {
    test(`${scene} at ${width} x ${height}: the figure takes 55 % of the height, the distance is on the first screen`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await open(page, hash);
      const box = (await figure(page).boundingBox())!;
      expect(box.height / height).toBeGreaterThanOrEqual(0.55);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      for (const name of ['sup-distance', 'sup-relative']) await expect(page.getByTestId(name)).toBeInViewport({ ratio: 1 });
    });
  }
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  for (const [scene, hash] of Object.entries(scenes)) {
    test(`${scene}: the figure is in view with each slider`, async ({ page }) => {
      await open(page, hash);
      await loaded(page);
      const sliders = page.locator('input[type=range]');
      for (let n = 0; n < (await sliders.count()); ++n) {
        await sliders.nth(n).evaluate((slider) => slider.scrollIntoView({ block: 'end' }));
        await expect(sliders.nth(n)).toBeInViewport({ ratio: 0.95 });
        // Of the pictures of many images the last ones.
        const seen = await figure(page).evaluate((element) => {
          const { top, bottom, height } = element.getBoundingClientRect();
          return { share: (Math.min(bottom, innerHeight) - Math.max(top, 0)) / Math.min(height, innerHeight / 2), top, bottom };
        });
        expect(seen.share, JSON.stringify(seen)).toBeGreaterThan(0.95);
        const [of, at] = [(await figure(page).boundingBox())!, (await sliders.nth(n).boundingBox())!];
        expect(at.y, 'the slider is not under the figure').toBeGreaterThanOrEqual(of.y + of.height);
      }
    });

    test(`${scene}: what is pressed is at least 24 pixels, the main things 44`, async ({ page }) => {
      await open(page, hash);
      const small = await page.evaluate(() => {
        const main = '[data-testid=play], [data-testid^=scene-], .point .hit, input[type=range]';
        return [...document.querySelectorAll<HTMLElement>(`button, select, input, textarea, a, ${main}`)]
          .filter((e) => e.checkVisibility() && e.closest('p') === null) // links in a sentence are of its height
          .map((e) => ({ name: e.dataset.testid ?? e.getAttribute('class'), box: e.getBoundingClientRect(), least: e.matches(main) ? 44 : 24 }))
          .filter(({ box, least }) => box.height < least - 0.1 || box.width < least - 0.1)
          .map(({ name, box }) => `${name}: ${box.width} x ${box.height}`);
      });
      expect(small).toEqual([]);
    });
  }

  test('a tap pins the probe, a tap elsewhere moves it', async ({ page }) => {
    await open(page, scenes.plane);
    const box = (await figure(page).boundingBox())!;
    await page.touchscreen.tap(box.x + box.width * 0.5, box.y + box.height * 0.6);
    const probe = page.locator('p.probe');
    await expect(probe).toContainText('y = ');
    await page.waitForTimeout(300);
    const first = await probe.innerText();
    expect(first).toContain('minimum cost');
    await page.touchscreen.tap(box.x + box.width * 0.7, box.y + box.height * 0.4);
    await expect(probe).not.toHaveText(first);
    await expect(probe).toContainText('y = ');
  });
});

test('no tip is shown while a slider or a point is dragged', async ({ page }) => {
  await open(page, scenes.plane);
  const tips = () => page.locator('.tip').evaluateAll((all) => all.filter((t) => getComputedStyle(t).visibility === 'visible').length);
  const radius = await value(page, 'formula-cost');
  const slider = (await page.getByTestId('radius-slider').boundingBox())!;
  await page.mouse.move(slider.x + 20, slider.y + slider.height / 2);
  await expect.poll(tips).toBe(1); // it hovers
  await page.mouse.down();
  await page.mouse.move(slider.x + 40, slider.y + slider.height / 2, { steps: 4 });
  expect(await tips()).toBe(0);
  await page.mouse.up();
  await reached(page, 'formula-cost', (v) => v !== radius);
});

test('images: nothing jumps while they load and train', async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) shifts.push(entry.value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await open(page, 'v=1&scene=images&samples=5&width=20');
  await page.getByTestId('play').click();
  await reached(page, 'steps', (v) => v > 5);
  await reached(page, 'alignment-edges', (v) => v > 0);
  await page.waitForTimeout(500);
  const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
  expect(shifts.reduce((a, b) => a + b, 0)).toBeLessThan(0.05);
});

test('no statement moves the figure or the buttons, at any width; a drag there and back ends where it began', async ({ page }) => {
  await open(page, 'v=1&scene=plane&preset=equilateral');
  const tops = () =>
    page.evaluate(() => ['svg[data-figure]', '[data-testid=play]'].map((name) => document.querySelector(name)!.getBoundingClientRect().top + scrollY).map(Math.round));
  const statements = { equilateral: 'Equilateral', acute: 'Minimum-cost', right: 'Orthogonal', obtuse: 'Obtuse', rays: 'Rays', hexagon: 'Zonogon' };
  const found: Record<string, Set<string>> = {};
  for (const [preset, statement] of Object.entries(statements)) {
    await page.getByTestId('preset').selectOption(preset);
    await expect(page.getByTestId('badge')).toContainText(statement);
    for (const width of [320, 390, 600, 860, 861, 1024, 1100, 1180, 1200, 1201, 1240, 1280, 1320, 1366, 1400, 1440, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      (found[width] ??= new Set()).add((await tops()).join());
    }
  }
  for (const [width, places] of Object.entries(found)) expect([...places], `at ${width}`).toHaveLength(1);

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByTestId('preset').selectOption('equilateral');
  const box = (await page.getByTestId('point-0').locator('.hit').boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y - 200, { steps: 40 });
  await page.waitForTimeout(300); // what stands beside the figure follows a little later
  await page.mouse.move(x, y, { steps: 40 });
  await page.waitForTimeout(300);
  await page.mouse.move(x, y);
  await page.mouse.up();
  await expect(page.getByTestId('points')).toHaveValue(/^0, 1\n/);
});

for (const [width, height] of [[390, 844], [1024, 768], [1440, 900]] as const) {
  test(`at ${width} x ${height} the figure stays where it is when training rests`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, 'v=1&scene=line&schedule=500');
    const figure = page.locator('svg[data-figure]').first();
    const before = await figure.boundingBox();
    await page.getByTestId('play').click();
    await expect(page.getByTestId('status')).not.toHaveText('', { timeout: 60_000 });
    expect(await figure.boundingBox()).toEqual(before);
  });
}

test('a formula keeps to its column, a row’s name stands apart from its pictures, a tip leaves what comes next in sight', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, 'v=1&scene=line');
  const past = await page.locator('.formula .maths').evaluateAll((all) => all.map((maths) => maths.scrollWidth - maths.parentElement!.parentElement!.clientWidth));
  expect(Math.max(...past)).toBeLessThanOrEqual(0);
  expect((await page.locator('.beside .formula').boundingBox())!.width).toBeLessThanOrEqual(300);
  await loaded(page);
  await page.getByTestId('file').hover();
  const tip = page.locator('.own-data .tip');
  await expect(tip).toBeVisible();
  const under = (await tip.boundingBox())!;
  expect(under.y + under.height).toBeLessThanOrEqual((await page.getByTestId('undo').boundingBox())!.y);
  await page.mouse.move(0, 0);

  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, scenes.images);
  const gaps = await page.locator('.pictures tr:has(th[scope=rowgroup])').evaluateAll((rows) =>
    rows.map((row) => {
      const range = document.createRange();
      range.selectNodeContents(row.querySelector('th')!);
      return row.querySelector('canvas')!.getBoundingClientRect().left - Math.max(...[...range.getClientRects()].map(({ right }) => right));
    }),
  );
  expect(gaps.length).toBeGreaterThan(3);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(6);
});
