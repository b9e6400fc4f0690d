// Real digits in all 784 dimensions: the page stays quick to the hand while it trains, and what it
// shows is what it says.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, held, note, open, pause, reached, test, value } from './page';

/** Tasks of the page's own thread while `during` runs: the milliseconds of processor time that each took. */
async function tasks(page: Page, during: () => Promise<void>): Promise<number[]> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await during();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const threads = traceEvents.filter((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain');
  const own = new Set(threads.map(({ pid, tid }) => `${pid} ${tid}`));
  // `tdur` is the thread's own time: other programs on the machine add nothing to it.
  return traceEvents.filter((e) => e.tdur !== undefined && own.has(`${e.pid} ${e.tid}`)).map((e) => e.tdur! / 1000);
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  tdur?: number;
  args: { name?: string };
}

test('10 digits, width 500, 100 samples each: training moves on, the page answers within 50 ms', async ({ page }) => {
  await open(page, 'v=1&scene=images');
  await expect(page.getByTestId('width')).toHaveValue('500');
  await expect(page.getByTestId('samples')).toHaveValue('100');
  await expect(page.locator('[data-testid^=picked-]')).toHaveCount(10);
  const first = await value(page, 'loss');
  await page.getByTestId('play').click();
  await reached(page, 'steps', (v) => v >= 2);
  const times = await tasks(page, async () => {
    const before = await value(page, 'steps');
    await reached(page, 'steps', (v) => v >= before + 5);
  });
  await reached(page, 'steps-per-second', (v) => v > 0);
  const speed = await page.getByTestId('steps-per-second').innerText();
  const now = { steps: await value(page, 'steps'), loss: await value(page, 'loss') };
  note('tasks of the page', `${times.length}, the longest ${Math.max(...times).toFixed(1)} ms of processor time`);
  note('training', `${speed} steps a second; loss ${first.toFixed(1)} -> ${now.loss.toFixed(3)} after ${now.steps} steps`);
  expect(times.length, 'tasks seen').toBeGreaterThan(10);
  expect(times.filter((ms) => ms > 50), 'tasks above 50 ms').toEqual([]);
  await reached(page, 'loss', (v) => v < first / 2);
});

// A slice of training that takes milliseconds on a line would take minutes of images.
test('after a line has trained, images train at once, and pause at once', async ({ page }) => {
  await open(page, 'v=1&scene=line');
  await page.getByTestId('play').click();
  await reached(page, 'steps', (v) => v >= 1000);
  await page.getByTestId('scene-images').click();
  await expect(page.locator('[data-testid^=picked-]'), 'it opens on a triangle').toHaveCount(3);
  await expect(page.getByTestId('badge')).toContainText('Obtuse simplex');
  await page.evaluate(() => (location.hash = 'v=1&scene=images'));
  await expect(page.locator('[data-testid^=picked-]')).toHaveCount(10);
  await page.getByTestId('play').click();
  await reached(page, 'steps', (v) => v >= 2, 20_000);
  await reached(page, 'steps-per-second', (v) => v > 0);
  await page.getByTestId('play').click();
  await held(page);
  await expect(page.getByTestId('steps-per-second')).toHaveText('–');
});

test('three zeros: errors, alignments and their baselines, new noise, the triangle named', async ({ page }) => {
  await open(page, 'v=1&scene=images&images=0,16,23&samples=20&width=60&level=0.3&noise=fresh&method=weight-decay&rate=0.005');
  await expect(page.getByTestId('badge')).toContainText(/obtuse/i);
  for (const which of ['noisy', 'trained', 'empirical-mmse', 'closed-form']) {
    await expect(page.getByTestId(`image-error-${which}-2`)).not.toHaveAttribute('data-value', '');
  }
  // |y - x| of Gaussian noise in 784 dimensions is near sigma sqrt(784).
  expect(await value(page, 'mean-error-noisy')).toBeGreaterThan(0.3 * 28 * 0.93);
  expect(await value(page, 'mean-error-noisy')).toBeLessThan(0.3 * 28 * 1.07);
  // The radius is far below the distances, so that the closed form is flat where the noise falls.
  expect(await value(page, 'mean-error-closed-form')).toBeLessThan(0.5);

  const chance = await value(page, 'alignment-edges-null');
  expect(chance).toBeGreaterThan(0.9); // in a plane random directions are near one of three edges
  expect(await value(page, 'outside-hull-input')).toBeLessThan(1);

  const download = page.waitForEvent('download');
  await page.getByTestId('download-figure').click();
  const file = readFileSync(await (await download).path(), 'utf8');
  expect(file.match(/<image /g), 'rows of pictures in the file').toHaveLength(5);

  const before = await value(page, 'mean-error-noisy');
  const loss = await value(page, 'loss');
  await page.getByTestId('new-noise').click();
  await reached(page, 'mean-error-noisy', (v) => v !== before);
  expect(await value(page, 'loss'), 'new noise leaves the training alone').toBe(loss);
  expect(await value(page, 'steps')).toBe(0);

  const untrained = await value(page, 'mean-error-trained');
  await page.getByTestId('play').click();
  await reached(page, 'loss', (v) => v < 1e-2 * loss, 90_000);
  await pause(page);
  await reached(page, 'mean-error-trained', (v) => v < untrained / 5 && v < before / 10);
  note(
    'three zeros, loss below 1e-2 of its start',
    `steps ${await value(page, 'steps')}, error ${(await value(page, 'mean-error-trained')).toFixed(3)} (noisy ${before.toFixed(2)}), ` +
      `edges ${(await value(page, 'alignment-edges')).toFixed(4)} (chance ${chance.toFixed(4)})`,
  );
});

test('five close pairs, trained in their hull: neurons turn to the edges', async ({ page }) => {
  const pairs = '73,76,247,256,367,368,625,635,853,858';
  await open(page, `v=1&scene=images&images=${pairs}&noise=gaussian&method=augmented-lagrangian&schedule=1500&subspace`);
  await expect(page.getByTestId('width')).toHaveValue('500');
  await expect(page.getByTestId('samples')).toHaveValue('100');
  await expect(page.getByTestId('subspace')).toBeChecked();
  const first = await value(page, 'loss');
  await reached(page, 'alignment-edges-null', (v) => v > 0);
  const chance = await value(page, 'alignment-edges-null');
  await page.getByTestId('play').click();
  await reached(page, 'steps', (v) => v >= 1500, 120_000);
  await pause(page);
  await reached(page, 'loss', (v) => v < 1e-3 * first);
  const edges = await reached(page, 'alignment-edges', (v) => v > chance + 0.1);
  expect(await value(page, 'outside-hull-input')).toBeLessThan(1e-20);
  note(
    'five close pairs',
    `${await value(page, 'steps')} steps, loss ${((await value(page, 'loss')) / first).toExponential(2)} of its start, ` +
      `edges ${edges.toFixed(4)} (chance ${chance.toFixed(4)})`,
  );
});

test('while images train, the numbers that are read at one time are of one step', async ({ page }) => {
  await open(page, 'v=1&scene=images&images=0,16,23&width=400&samples=60&schedule=4000');
  await page.getByTestId('play').click();
  const names = ['steps', 'loss', 'residual', 'cost'];
  const read = (all: string[]) => all.map((name) => Number(document.querySelector<HTMLElement>(`[data-testid=${name}]`)!.dataset.value));
  await reached(page, 'steps', (v) => v >= 2);
  const together = await page.evaluate(read, names);
  await page.getByTestId('reset').click();
  await reached(page, 'steps', (v) => v === 0);
  for (let n = 1; n <= together[0]!; ++n) {
    await page.getByTestId('step').click();
    await reached(page, 'steps', (v) => v === n);
  }
  expect(await page.evaluate(read, names)).toEqual(together);
});

test('a step that is part done does not outlive a reset', async ({ page }) => {
  await open(page, 'v=1&scene=images&width=1000&samples=200&noise=gaussian');
  const loss = await value(page, 'loss');
  await page.getByTestId('step').click(); // takes a second or so
  await page.getByTestId('reset').click();
  await page.waitForTimeout(5000); // for a step that should not come; on a slow machine it would come later
  expect(await value(page, 'steps')).toBe(0);
  expect(await value(page, 'loss')).toBe(loss);
});

test('a diffusion model of the images: samples through the levels, and the census of their ends', async ({ page }) => {
  await open(page, 'v=1&scene=images&images=0,16,23');
  const place = page.getByTestId('digits-flow');
  await place.locator('summary').click();
  const count = async (name: string) => value(page, `digits-end-${name}`);
  const classes = ['training-point', 'virtual-point', 'boundary', 'inside', 'outside'];
  const counts = async () => Promise.all(classes.map(count));
  await expect(page.getByTestId('digits-ends')).toBeVisible();
  const least = await counts();
  expect(least.reduce((a, b) => a + b)).toBe(200);
  // Three zeros with an obtuse angle: the closed form's box has two edges, and one sum of them.
  expect(least[0]).toBeGreaterThan(0);
  expect(least[1]! + least[2]!).toBeGreaterThan(0);
  expect(least[4]).toBe(0);
  await expect(page.getByTestId('films').locator('tbody tr')).toHaveCount(5);
  // What is said to be one of the images has its pixels.
  const said = await page.getByTestId('films').locator('tbody tr').evaluateAll((rows) =>
    rows.map((row) => {
      const [film, nearest] = [...row.querySelectorAll('canvas')];
      const pixels = (canvas: HTMLCanvasElement, from: number) => canvas.getContext('2d')!.getImageData(from, 0, 28, 28).data;
      const [a, b] = [pixels(film!, film!.width - 30), pixels(nearest!, 0)];
      return { memorised: row.lastElementChild!.textContent!.startsWith('training image'), apart: a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!)), 0) };
    }),
  );
  for (const { memorised, apart } of said) if (memorised) expect(apart).toBeLessThanOrEqual(30);

  await page.getByTestId('digits-flow-noise').click();
  await expect.poll(counts).not.toEqual(least);
  await page.getByTestId('digits-flow-of').selectOption('empirical-mmse');
  await expect.poll(() => count('training-point')).toBeGreaterThan(190);
  await expect(page.getByTestId('digits-flow-said')).toContainText('without regularisation');
});

test('a diffusion model of the images is trained, has the closed form’s ends, and is no model of other images', async ({ page }) => {
  await open(page, 'v=1&scene=images&images=0,16,23&noise=balls&samples=80&method=augmented-lagrangian&width=200&schedule=20000&subspace');
  await page.getByTestId('digits-flow').locator('summary').click();
  const classes = ['training-point', 'virtual-point', 'boundary', 'inside', 'outside'];
  const counts = async () => Promise.all(classes.map((name) => value(page, `digits-end-${name}`)));
  const of = page.getByTestId('digits-flow-of');
  await expect(page.getByTestId('digits-ends')).toBeVisible();
  await expect(of.locator('option')).toHaveCount(2);
  const closed = await counts();

  const train = page.getByTestId('train-model');
  await train.click();
  await expect(train).toHaveText('Stop training');
  await train.click();
  await expect(train).toHaveText('Train the diffusion model');
  await expect(of.locator('option'), 'what was stopped is no model').toHaveCount(2);
  await train.click();
  await expect(page.getByTestId('model-said')).toHaveText('Trained: 12 levels.', { timeout: 60_000 });
  await expect(of).toHaveValue('trained');
  await expect(page.getByTestId('digits-flow-said')).toContainText('the network that was trained for each level');
  const trained = await counts();
  expect(trained.reduce((a, b) => a + b)).toBe(200);
  // Few samples end so near a threshold that the two differ.
  trained.forEach((count, k) => expect(Math.abs(count - closed[k]!), classes[k]).toBeLessThanOrEqual(10));

  await page.getByTestId('digits-flow').locator('summary').click();
  await page.getByTestId('digits-flow').locator('summary').click();
  await of.selectOption('trained');
  await expect(page.getByTestId('digits-flow-said'), 'kept while its place is closed').toContainText('the network that was trained');

  await page.evaluate(() => (location.hash = location.hash.replace('0,16,23', '0,16,24')));
  await expect(of.locator('option'), 'of other images there is none').toHaveCount(2);
  await expect(of).toHaveValue('least');
  await page.evaluate(() => (location.hash = location.hash.replace('0,16,24', '0,16,23')));
  await expect(of, 'of these there is').toHaveValue('trained');
});

for (const [when, body] of [
  ['does not start', 'throw new Error("none")'],
  ['stops where it is asked', 'onmessage = ({ data }) => { if (data.type === "flow") throw new Error("stopped"); }'],
] as const) {
  test(`samples flow on the page’s thread where their worker ${when}`, async ({ page }) => {
    let served = 0;
    await page.route(/\/prover-[^/]*\.js$/, (route) => {
      ++served;
      return route.fulfill({ body, contentType: 'text/javascript' });
    });
    await open(page, 'v=1&scene=images&images=0,16,23');
    await page.getByTestId('digits-flow').locator('summary').click();
    await expect(page.getByTestId('digits-ends')).toBeVisible();
    expect(served).toBe(1);
    const ends = await Promise.all(['training-point', 'virtual-point', 'boundary', 'inside', 'outside'].map((name) => value(page, `digits-end-${name}`)));
    expect(ends.reduce((a, b) => a + b)).toBe(200);
  });
}

test('samples of another denoiser, asked for while the first are on their way, are the ones that are shown', async ({ page }) => {
  await open(page, 'v=1&scene=images'); // ten, whose denoisers take long
  // Just after the change of the page that says it is busy, which a look from outside may miss.
  const asked = page.evaluate(
    () =>
      new Promise((resolve) => {
        const place = document.querySelector('[data-testid=digits-flow]')!;
        new MutationObserver((_, observer) => {
          if (place.querySelector('[data-testid=digits-flow-said]')?.getAttribute('aria-busy') !== 'true') return;
          observer.disconnect();
          const select = place.querySelector<HTMLSelectElement>('[data-testid=digits-flow-of]')!;
          const ask = () => {
            resolve(place.querySelector('[data-testid=digits-flow-said]')!.getAttribute('aria-busy'));
            select.value = 'empirical-mmse';
            select.dispatchEvent(new Event('change', { bubbles: true }));
          };
          requestAnimationFrame(() => setTimeout(() => setTimeout(ask))); // effects come after a frame
        }).observe(place, { childList: true, subtree: true, attributes: true });
      }),
  );
  await page.getByTestId('digits-flow').locator('summary').click();
  expect(await asked, 'the first are on their way').toBe('true');
  await expect(page.getByTestId('digits-flow-said')).toContainText('without regularisation');
  await expect.poll(() => value(page, 'digits-end-training-point')).toBeGreaterThan(190);
});

test('from one image to another: a ramp that training finds, and a jump of the empirical MMSE', async ({ page }) => {
  await open(page, 'v=1&scene=images&images=0,16,23&noise=balls&samples=80&method=augmented-lagrangian&width=200&schedule=20000&subspace');
  await page.getByTestId('play').click();
  await expect(page.getByTestId('status')).toHaveText('Converged', { timeout: 60_000 });
  await page.getByTestId('between').locator('summary').click();
  const gain = (name: string) => value(page, `gain-${name}`);
  await expect(page.getByTestId('gain-trained')).toBeVisible();
  await expect.poll(async () => Math.abs((await gain('trained')) / (await gain('closed-form')) - 1)).toBeLessThan(0.02);
  expect(await gain('closed-form')).toBeGreaterThan(1);
  expect(await gain('empirical-mmse')).toBeGreaterThan(5 * (await gain('closed-form')));
  // Within a noise ball nothing is stretched.
  await page.getByTestId('between-part').fill('1');
  await expect.poll(() => gain('closed-form')).toBeLessThan(1e-6);
  expect(await gain('trained')).toBeLessThan(0.01);
  // Another pair, and the trained network is asked there.
  await page.getByTestId('between-part').fill('20');
  await page.getByTestId('between-to').selectOption('2');
  await expect.poll(async () => Math.abs((await gain('trained')) / (await gain('closed-form')) - 1)).toBeLessThan(0.02);
});
