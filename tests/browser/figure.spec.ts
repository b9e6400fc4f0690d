// What the figures draw: points that are dragged, many points, keys and names.
import { shortCount } from '../../web/drawing/svg';
import type { Page } from '@playwright/test';
import { expect, loaded, open, reached, test, value } from './page';

const many = (count: number, at: (n: number) => number[]) => Array.from({ length: count }, (_, n) => at(n).map((v) => v.toFixed(2)).join()).join(';');
const spiral = many(60, (n) => [Math.sqrt(n + 0.5) * Math.cos(2.4 * n), Math.sqrt(n + 0.5) * Math.sin(2.4 * n)]);

const centre = async (page: Page, name: string) => {
  const box = (await page.getByTestId(name).locator('.dot').boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

/** Presses on a point and moves it, without letting go. */
async function hold(page: Page, name: string, to: { x: number; y: number }): Promise<void> {
  const from = await centre(page, name);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let i = 1; i <= 8; ++i) await page.mouse.move(from.x + ((to.x - from.x) * i) / 8, from.y + ((to.y - from.y) * i) / 8);
}

for (const scene of ['line', 'plane']) {
  test(`${scene}: after a drag to the border the view follows, once the point is let go`, async ({ page }) => {
    await open(page, `v=1&scene=${scene}&noise=balls`);
    const box = (await page.locator('svg[data-figure]').boundingBox())!;
    const ticks = () => page.locator('svg[data-figure] .axis-x .tick text').allTextContents();
    const before = await ticks();
    const last = (await page.locator('[data-testid^=point-]').count()) - 1;
    const from = await centre(page, `point-${last}`);
    await hold(page, `point-${last}`, scene === 'line' ? { x: box.x + box.width, y: box.y } : { x: box.x + box.width, y: from.y });
    await page.waitForTimeout(100);
    expect(await ticks(), 'while it is held').toEqual(before);
    const held = await centre(page, `point-${last}`);
    await page.mouse.up();
    await expect.poll(ticks).not.toEqual(before);
    expect((await centre(page, `point-${last}`)).x, 'away from the border').toBeLessThan(held.x - 10);
  });
}

test('the sample dots follow their ball while it is dragged', async ({ page }) => {
  await open(page, 'v=1&scene=plane&preset=equilateral&layers=samples&samples=1000&width=4000');
  await page.getByTestId('play').click();
  const from = await centre(page, 'point-0');
  await hold(page, 'point-0', { x: from.x + 60, y: from.y - 10 });
  const apart = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            const dots = [...document.querySelector('.samples path')!.getAttribute('d')!.matchAll(/M([\d.-]+),([\d.-]+)/g)].map((m) => [+m[1]!, +m[2]!]);
            const ball = document.querySelector('.balls circle')!;
            const of = (name: string) => Number(ball.getAttribute(name));
            const first = dots.slice(0, 1000); // the samples of the first point
            done(Math.max(...first.map(([x, y]) => Math.hypot(x! - of('cx'), y! - of('cy')) - of('r'))));
          }),
        );
      }),
  );
  await page.mouse.up();
  expect(apart, 'the farthest sample beyond its ball, in pixels').toBeLessThan(1);
});

for (const scene of ['line', 'plane']) {
  test(`${scene}: why a place is refused is said at the point that is held there`, async ({ page }) => {
    await open(page, `v=1&scene=${scene}`);
    const onto = await centre(page, 'point-1');
    await hold(page, 'point-0', onto);
    const said = page.locator('svg[data-figure] .refusal-at text');
    await expect(said).toHaveText(/1 and 2/);
    const box = (await said.boundingBox())!;
    const point = await centre(page, 'point-0');
    expect(Math.abs(box.x + box.width / 2 - point.x), 'across').toBeLessThan(160);
    expect(Math.abs(box.y + box.height / 2 - point.y), 'down').toBeLessThan(120);
    const figure = (await page.locator('svg[data-figure]').boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(figure.x);
    expect(box.x + box.width).toBeLessThanOrEqual(figure.x + figure.width);
    await page.mouse.up();
    await expect(said).toHaveCount(0);
  });
}

test('steps are short beyond a million', () => {
  expect([0, 500, 20_000, 1e6, 1_200_000, 25e6].map(shortCount)).toEqual(['0', '500', '20k', '1M', '1.2M', '25M']);
});

for (const [name, hash] of Object.entries({
  line: `v=1&scene=line&radius=0.1&points=${many(60, (n) => [n])}`,
  plane: `v=1&scene=plane&radius=0.05&layers=boundaries,field&points=${many(60, (n) => [Math.sqrt(n) * Math.cos(2.4 * n), 0.4 * Math.sqrt(n) * Math.sin(2.4 * n)])}`,
})) {
  test(`${name}: of 60 points no name lies on another, nor on a point`, async ({ page }) => {
    await open(page, hash);
    await page.mouse.move(2, 2);
    const overlaps = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('.point')].flatMap((point) => {
        const text = point.querySelector<SVGTextElement>('.name')!;
        const dot = point.querySelector('.dot')!.getBoundingClientRect();
        const marks = [{ of: point, name: false, box: dot }];
        return text.checkVisibility() ? [...marks, { of: point, name: true, box: text.getBoundingClientRect() }] : marks;
      });
      let found = 0;
      boxes.forEach((a, i) =>
        boxes.slice(i + 1).forEach((b) => {
          if (a.of === b.of || !(a.name || b.name)) return;
          const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
          const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
          if (wide > 3 && high > 6) ++found; // a box has room above and below its letters
        }),
      );
      return found;
    });
    expect(overlaps).toBe(0);
    // The name of the point at hand is shown.
    await page.getByTestId('point-30').focus();
    await page.keyboard.press('Shift');
    await expect(page.getByTestId('point-30').locator('.name')).toBeVisible();
  });
}

test('ticks of numbers far from 0 differ, and what they have in common is at the axis', async ({ page }) => {
  const texts = (axis: string) => page.locator(`svg[data-figure] .axis-${axis} .tick text`).allTextContents();
  for (const [hash, common, some] of [
    ['scene=line&points=100000000;100000001;100000003', '+ 1·10⁸', '0'],
    ['scene=plane&points=100000000,0;100000001,1;100000003,0', '+ 1·10⁸', '0'],
    ['scene=line&points=123456789;123456790;123456792', '+ 123,456,790', '0'],
    ['scene=line&points=-200000;0;300000', '·10⁵', '2'],
    ['scene=line&points=-1;0;1', '', '−1'],
  ] as const) {
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await open(page, `v=1&${hash}`);
      await expect.poll(() => texts('x')).toContain(some);
      for (const axis of ['x', 'y']) {
        const all = await texts(axis);
        expect(new Set(all).size, all.join()).toBe(all.length);
      }
      await expect(page.locator('svg[data-figure] .axis-x .common')).toHaveText(common === '' ? [] : [common]);
      const past = await page.locator('svg[data-figure] :is(.tick text, .common)').evaluateAll((all) => all.filter((text) => text.getBoundingClientRect().left < 0 || text.getBoundingClientRect().right > document.documentElement.clientWidth).map((text) => text.textContent));
      expect(past).toEqual([]);
    }
  }
});

test('edges are drawn up to a stated number', async ({ page }) => {
  const edges = page.locator('.theory line');
  const legend = page.getByRole('list', { name: 'Legend' });
  const drawn = page.locator('svg[data-figure] .theory line');
  await open(page, `v=1&scene=plane&radius=0.05&layers=directions&points=${many(12, (n) => [2 * Math.cos(n / 2), n / 3])}`);
  await expect(drawn).toHaveCount(66);
  await expect(legend).toContainText('edges');
  await page.goto('about:blank');
  await open(page, `v=1&scene=plane&radius=0.05&layers=directions&points=${spiral}`);
  await expect(drawn).toHaveCount(0);
  await expect(legend).toContainText('1,770 are more than 66');
  await expect(edges, 'the key of the legend').toHaveCount(1);
});

for (const [name, hash] of Object.entries({
  'a closed form': 'v=1&scene=plane&preset=acute&layers=field,boundaries,samples,directions,image',
  'a certified least cost': 'v=1&scene=plane&preset=pentagon&layers=field,boundaries,samples,directions,image&noise=gaussian&field=empirical-mmse',
  'the line': 'v=1&scene=line&layers=closed-form,trained,knots,rug,cobweb&width=30&samples=20',
})) {
  test(`the legend's keys have the lines and colours of what is drawn: ${name}`, async ({ page }) => {
    await open(page, hash);
    await loaded(page);
    await page.getByTestId('play').click();
    await reached(page, 'steps', (v) => v > 300);
    await page.getByTestId('play').click();
    const differences = await page.evaluate(() => {
      const styles = ['stroke', 'strokeWidth', 'strokeDasharray', 'fill', 'fillOpacity'] as const;
      const figure = document.querySelector('svg[data-figure]')!;
      const found: string[] = [];
      const keys = [...document.querySelectorAll('.legend [data-key]')];
      for (const key of keys) {
        const name = key.getAttribute('data-key')!;
        const shapes = [...key.querySelectorAll('path, line, circle, rect')];
        const drawn = [...figure.querySelectorAll(`.${name} :is(path, line, circle, rect):not(.hit, .focus)`)];
        if (drawn.length === 0) found.push(`${name}: nothing is drawn`);
        for (const [i, shape] of shapes.entries()) {
          // A trained network's bends are thinner with less mass: the key is the fullest.
          const other = name === 'boundaries-trained' ? drawn.at(-1)! : drawn[i]!;
          for (const style of styles) {
            if (name === 'boundaries-trained' && style === 'strokeWidth') continue;
            const [a, b] = [getComputedStyle(shape)[style], getComputedStyle(other)[style]];
            if (a !== b) found.push(`${name} ${style}: ${a}, drawn ${b}`);
          }
        }
      }
      return { count: keys.length, found };
    });
    expect(differences.found).toEqual([]);
    expect(differences.count).toBe({ 'a closed form': 9, 'a certified least cost': 8, 'the line': 9 }[name]); // c has a mark in the first alone
  });
}

test('what a formula names is in the figure, and a ramp is defined where one is used', async ({ page }) => {
  const formula = page.locator('.formula');
  await open(page, 'v=1&scene=plane&preset=acute');
  await expect(page.locator('svg[data-figure] .base text')).toHaveText('c');
  await expect(formula.locator('math', { hasText: 'ramp' })).toHaveCount(2);
  await page.getByTestId('preset').selectOption('obtuse');
  await expect(page.locator('.point .name', { hasText: 'x₀' })).toHaveText('x₁ = x₀');
  await expect(page.locator('svg[data-figure] .base text')).toHaveCount(0);
  await expect(formula.locator('math', { hasText: 'ramp' })).toHaveCount(2);
  await page.getByTestId('preset').selectOption('rays');
  await expect(page.locator('.point .name', { hasText: 'x₀' })).toHaveCount(1);
  await page.getByTestId('preset').selectOption('hexagon');
  await expect(page.locator('.point .name', { hasText: 'x₀' })).toHaveText('x₁ = x₀');
  await expect(formula.locator('math', { hasText: 'ramp' })).toHaveCount(2);
  await page.getByTestId('preset').selectOption('pentagon');
  await expect(page.locator('.point .name', { hasText: 'x₀' })).toHaveCount(0);
  await page.getByTestId('scene-line').click();
  await expect(formula).toContainText('x₍ₙ₎ is the n-th point in order');
});

test('"hello" as points is refused as text', async ({ page }) => {
  for (const scene of ['plane', 'line']) {
    await page.goto('about:blank');
    await open(page, `v=1&scene=${scene}`);
    const cost = await value(page, 'formula-cost');
    await page.getByTestId('points').fill('hello');
    await expect(page.getByTestId('error-points')).toHaveText('“hello” is not a number; points are written as numbers.');
    expect(await value(page, 'formula-cost')).toBe(cost);
    await page.getByTestId('points').fill(scene === 'plane' ? '0,0\n2,0\n-1,1' : '0 1 3');
    await expect(page.getByTestId('error-points')).toBeHidden();
  }
  await page.goto('about:blank');
  await open(page, 'v=1&scene=plane&points=hello');
  await expect(page.getByTestId('note')).toHaveText(/finite|number/);
  await expect(page.getByTestId('note')).not.toHaveText(/2 numbers/);
});
