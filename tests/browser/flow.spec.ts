// The scene Flow: particles that flow from noise to their ends, and the numbers of where they end.
import type { Page } from '@playwright/test';
import { expect, open, reached, test, violations } from './page';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const right = 'v=1&scene=flow&preset=right';
const classes = ['training-point', 'virtual-point', 'boundary', 'inside', 'outside'];

/** Counts by class, once the particles that were asked for have been followed. */
async function counts(page: Page): Promise<number[]> {
  await expect(page.getByTestId('following')).toHaveText('');
  await expect(page.getByTestId('ends')).not.toHaveAttribute('data-count', '');
  return Promise.all(classes.map(async (name) => Number(await page.getByTestId(`end-${name}`).getAttribute('data-value'))));
}
const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
const paths = (page: Page) => page.locator('.particles path').evaluateAll((all) => all.map((p) => p.getAttribute('d')));

test('particles flow to their ends, whose classes sum to their count', async ({ page }) => {
  await open(page, `${right}&particles=250`);
  expect(sum(await counts(page))).toBe(250);
  await expect(page.getByTestId('flow-play')).toHaveText('Hold');
  const early = await paths(page);
  await expect(page.getByTestId('flow-play')).toHaveText('Play again', { timeout: 20_000 });
  await expect(page.getByTestId('flow-now')).toHaveText('σ = 0');
  expect(await paths(page)).not.toEqual(early);
  await expect(page.getByTestId('caption')).toContainText(/of 250 end at training points \(\d+ %, \d+ to \d+\)/);
});

test('by the score flow all end at corners of the box, its stable points', async ({ page }) => {
  await open(page, `${right}&flow=score&particles=200`);
  const [training, virtual] = await counts(page);
  expect(training! + virtual!).toBe(200);
  await expect(page.locator('.stationary path.stable')).toHaveCount(5); // four, and that of the legend
  await expect(page.locator('.virtual .name')).toHaveText('x₂ + x₃ − x₁');
});

test('a link restores what flows, and its ends are the same', async ({ page }) => {
  await open(page, `${right}&flow-of=empirical-mmse&sigma=0.8&sampler=heun&sampler-steps=7&levels=edm&particles=120&flow-seed=5`);
  const first = await counts(page);
  expect(sum(first)).toBe(120);
  await expect(page.getByTestId('flow-of')).toHaveValue('empirical-mmse');
  await expect(page.getByTestId('sampler-steps')).toHaveValue('7');
  await page.getByTestId('flow-seed').fill('6');
  await expect.poll(() => page.url()).toContain('flow-seed=6');
  await page.reload();
  await counts(page);
  await page.getByTestId('flow-seed').fill('5');
  await expect.poll(() => counts(page)).toEqual(first);
});

test('a dragged point changes the ends', async ({ page }) => {
  await open(page, right);
  const before = await counts(page);
  const box = (await page.getByTestId('point-1').locator('.dot').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x - 60, box.y - 90, { steps: 8 });
  await page.mouse.up();
  await expect(page.getByTestId('ends')).toHaveAttribute('data-count', '400');
  await expect.poll(() => counts(page)).not.toEqual(before);
  expect(sum(await counts(page))).toBe(400);
});

test('the slider of time goes by keys, and there the flow rests', async ({ page }) => {
  await open(page, right);
  await counts(page);
  const slider = page.getByTestId('flow-time');
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(page.getByTestId('flow-play')).toHaveText('Play the flow');
  await expect(page.getByTestId('flow-now')).toHaveText('σ = 0.68');
  const start = await paths(page);
  await page.keyboard.press('End');
  await expect(page.getByTestId('flow-now')).toHaveText('σ = 0');
  await expect.poll(() => paths(page)).not.toEqual(start);
  await expect(slider).toHaveAttribute('aria-valuetext', 'σ = 0');
});

test('what is refused is said beside its control, and the last flow stays', async ({ page }) => {
  await open(page, right);
  const before = await counts(page);
  await page.getByTestId('sigma').fill('1.2');
  await expect(page.getByTestId('error-sigma')).toContainText('1.5 apart');
  await expect(page.getByTestId('following')).toContainText('the last flow that could be followed');
  expect(await page.getByTestId('end-training-point').getAttribute('data-value')).toBe(String(before[0]));
  await page.getByTestId('sigma').fill('0.5');
  await expect(page.getByTestId('error-sigma')).toBeHidden();
  await expect.poll(() => counts(page)).not.toEqual(before);
});

test('the score of the trained network flows too, anew as it trains', async ({ page }) => {
  await open(page, `${right}&flow=score&flow-of=trained&particles=60&width=40`);
  expect(sum(await counts(page))).toBe(60);
  const before = await page.getByTestId('caption').innerText();
  expect(before).toContain('the trained network');
  await page.getByTestId('play').click();
  await reached(page, 'steps', (v) => v > 500);
  await expect.poll(() => page.getByTestId('caption').innerText()).not.toBe(before);
});

test('of a moment of the run the score that flows is its network’s', async ({ page }) => {
  await open(page, `${right}&flow=score&flow-of=trained&particles=60&width=40&schedule=1000`);
  const ends = async () => JSON.stringify(await counts(page));
  const start = await ends();
  await page.getByTestId('play').click();
  await expect(page.getByTestId('status')).not.toHaveText('', { timeout: 60_000 });
  await expect.poll(ends).not.toBe(start);
  await expect(page.getByTestId('following')).toHaveText('');
  const end = await ends();
  await page.getByTestId('moment').press('Home');
  await reached(page, 'steps', (v) => v === 0);
  await expect.poll(ends).toBe(start);
  await page.getByTestId('moment').press('End');
  await reached(page, 'steps', (v) => v === 1000);
  await expect.poll(ends).toBe(end);
});

test('a diffusion model is trained level by level, can be stopped, and flows', async ({ page }) => {
  await open(page, `${right}&particles=100&width=30&samples=10&schedule=100000`);
  await counts(page);
  const train = page.getByTestId('train-model');
  await train.click();
  await expect(page.getByTestId('model-said')).toContainText('of 12 levels');
  await train.click();
  await expect(train).toHaveText('Train the diffusion model');
  await expect(page.getByTestId('flow-of')).toHaveValue('closed-form');
  await page.getByTestId('schedule').fill('200');
  await train.click();
  await expect(page.getByTestId('model-said')).toHaveText('Trained: 12 levels.', { timeout: 60_000 });
  await expect(page.getByTestId('flow-of')).toHaveValue('trained');
  await expect(page.getByTestId('caption')).toContainText('the trained diffusion model’s network at each noise level');
  expect(sum(await counts(page))).toBe(100);
  await page.getByTestId('copy-link').click();
  await expect(page.locator('.share .said')).toContainText('The diffusion model is not in it');
  await page.getByTestId('noise-seed').fill('2'); // of other samples
  await expect(page.getByTestId('following')).toContainText('the closed form is shown');
});

const path = async (page: Page) => {
  const table = page.getByTestId('path').first();
  const [crossings, arrival, end] = await Promise.all(['crossings', 'arrival', 'end'].map((key) => table.getAttribute(`data-${key}`)));
  return { crossings: Number(crossings), arrival: Number(arrival), end };
};

test('a start tells its whole path: where it crosses, when it arrives, and where it ends', async ({ page }) => {
  await open(page, `${right}&flow=score&start=1.1,0.1&radius=0.3&particles=50`);
  await counts(page);
  // In the ramp of the first edge, 0.3 to 1.7, and in the ball of the other: docs/theory.md, section 8.
  const leaves = ((2 - 0.6) / 0.6) * Math.log(0.7 / 0.1);
  const { crossings, arrival, end } = await path(page);
  expect([crossings, end]).toEqual([1, 'training-point']);
  expect(arrival).toBeCloseTo(leaves + Math.log(0.3 / 0.025), 1);
  await expect(page.getByTestId('path')).toContainText('ends at x₂, a training point');
  await expect(page.getByTestId('path')).toContainText(leaves.toFixed(2));
  const slider = page.getByTestId('flow-time');
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(page.getByTestId('path-now')).toHaveText('(1.100, 0.100)');
  await page.keyboard.press('End');
  await expect(page.getByTestId('path-now')).toHaveText('(2.000, 0.000)');
});

test('the start goes by pointer and by keys, and a link has it', async ({ page }) => {
  await open(page, `${right}&flow=score&start=1.1,0.1&particles=50`);
  await counts(page);
  const start = page.getByTestId('start');
  await start.focus();
  for (let i = 0; i < 5; ++i) await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(async () => (await path(page)).end).toBe('training-point');
  await expect(page.getByTestId('path')).toContainText('x₁, a training point');
  const box = (await start.locator('.dot').boundingBox())!;
  const target = (await page.locator('.virtual path').first().boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(target.x - 30, target.y + 30, { steps: 6 });
  await expect(page.getByTestId('path')).toContainText('x₂ + x₃ − x₁, a virtual point'); // while it is held
  await page.mouse.up();
  await expect(page.getByTestId('end-training-point')).not.toHaveAttribute('data-value', '');
  await expect.poll(() => page.url()).toMatch(/start=1\.\d+,1\./); // it is written a moment later
  await page.reload();
  await expect(page.getByTestId('path')).toContainText('x₂ + x₃ − x₁, a virtual point');
  await start.focus();
  await page.keyboard.press('Delete');
  await expect.poll(() => page.url()).not.toContain('start=');
});

test('two denoisers flow side by side from the same starts, at the same time', async ({ page }) => {
  await open(page, `${right}&beside=empirical-mmse&particles=80&start=1.2,0.9`);
  const first = await counts(page);
  const second = () => Promise.all(classes.map(async (name) => Number(await page.getByTestId(`end-${name}-beside`).getAttribute('data-value'))));
  expect(await second()).toEqual([80, 0, 0, 0, 0]); // the empirical MMSE memorises
  expect(first[0]).toBeLessThan(80);
  await page.getByTestId('flow-time').focus();
  await page.keyboard.press('Home');
  const places = page.locator('.particles path');
  const starts = async (figure: number) =>
    (await page.locator('.flow-figure').nth(figure).locator('.particles path').evaluateAll((all) => all.map((p) => p.getAttribute('d') ?? '')))
      .join('')
      .split('M')
      .filter((d) => d !== '').length;
  expect(await places.count()).toBe(10);
  expect([await starts(0), await starts(1)]).toEqual([80, 80]);
  await expect(page.getByTestId('path-now').first()).toHaveText('(1.200, 0.900)');
  await expect(page.getByTestId('path-now').last()).toHaveText('(1.200, 0.900)');
  await expect(page.getByTestId('path').last()).toHaveAttribute('data-end', 'training-point');
  await page.getByTestId('flow-beside').selectOption('none');
  await expect(page.locator('.flow-figure')).toHaveCount(1);
});

test('what is not there does not stand beside, and that is said', async ({ page }) => {
  await open(page, `${right}&beside=trained&particles=40`);
  await expect(page.getByTestId('following')).toHaveText('No diffusion model has been trained for these settings, so nothing stands beside.');
  await expect(page.getByTestId('end-training-point-beside')).toHaveCount(0);
});

test('the map of ends shows basins', async ({ page }) => {
  await open(page, `${right}&layers=basins,bends&flow=score`);
  await counts(page);
  await expect.poll(() => page.locator('.basin').first().getAttribute('d')).toMatch(/^M/);
  await expect(page.locator('.inside .rim')).toHaveCount(1);
});

test('with less motion the ends stand at once', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, right);
  await counts(page);
  await expect(page.getByTestId('flow-now')).toHaveText('σ = 0');
  await expect(page.getByTestId('flow-play')).toHaveText('Play again');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`in ${colorScheme}: no accessibility violation`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, `${right}&layers=path,trails,basins,bends,balls,stationary,frame&flow=score&beside=empirical-mmse`);
    await counts(page);
    expect(await violations(page)).toEqual([]);
  });
}

test.describe('on a line', () => {
  const line = 'v=1&scene=line-flow&preset=line-3&particles=150'; // −1, 0 and 2

  test('the score flow parts at the middles of the gaps, and the start crosses where the formula says', async ({ page }) => {
    await open(page, `${line}&flow=score&start=0.8`);
    expect(await counts(page)).toEqual([150, 0, 0, 0, 0]);
    await expect(page.locator('.flow-figure .stationary .unstable')).toHaveCount(2);
    await expect(page.getByTestId('path')).toContainText('ends at x₂, a training point');
    const leaves = ((2 - 0.2) / 0.2) * Math.log(0.9 / 0.2); // docs/theory.md, section 8
    await expect(page.getByTestId('path')).toContainText(leaves.toPrecision(3));
    await page.getByTestId('start').focus();
    for (let i = 0; i < 2; ++i) await page.keyboard.press('Shift+ArrowUp');
    await expect(page.getByTestId('path')).toContainText('ends at x₃, a training point');
  });

  test('the denoiser applied again and again goes from the start to its end', async ({ page }) => {
    await open(page, `${line}&flow=score&start=0.8`);
    await counts(page);
    const walk = () => page.locator('.cobweb-figure .walk').getAttribute('d');
    await expect.poll(walk).toMatch(/^M.*V.*H/);
    const dots = await page.locator('.cobweb-figure circle').evaluateAll((all) => all.map((dot) => Number(dot.getAttribute('cx'))));
    const last = Number((await walk())!.match(/H([\d.]+)$/)![1]);
    expect(Math.abs(last - dots[1]!)).toBeLessThan(0.2); // x₂
  });

  test('the tab is that of Flow, and its points can be dragged along the edge', async ({ page }) => {
    await open(page, line);
    const before = await counts(page);
    await expect(page.getByTestId('scene-flow')).toHaveAttribute('aria-current', 'page');
    await expect(page.getByTestId('scene-line-flow')).toHaveCount(0);
    const box = (await page.getByTestId('point-2').locator('.dot').boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x, box.y + 60, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => page.getByTestId('points').inputValue()).not.toBe('-1, 0, 2');
    await expect(page.getByTestId('ends')).toHaveAttribute('data-count', '150');
    await expect.poll(() => counts(page)).not.toEqual(before);
    await page.getByTestId('space').selectOption('flow');
    await expect(page.getByTestId('points')).toHaveValue(/^0, 0\n/);
  });

  test('no accessibility violation', async ({ page }) => {
    await open(page, `${line}&beside=empirical-mmse`);
    await counts(page);
    expect(await violations(page)).toEqual([]);
  });
});
