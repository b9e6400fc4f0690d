// A run that is seen: played at a pace, chosen moment by moment, played again; and the one number.
import type { Page } from '@playwright/test';
import { endless, expect, loaded, open, reached, test, value, violations } from './page';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const quick = 'v=1&scene=plane&preset=equilateral&width=60&samples=20&schedule=2000';
const at = (page: Page) => page.getByTestId('at');
const moment = (page: Page) => page.getByTestId('moment');

/** Opens and trains at once: what is left is the record. */
async function trained(page: Page, hash = quick): Promise<void> {
  await open(page, hash);
  await loaded(page);
  await page.getByTestId('pace').selectOption('once');
  await page.getByTestId('play').click();
  await expect(page.getByTestId('status')).not.toHaveText('', { timeout: 60_000 });
}

test('a run is played behind the computation, and says nothing that is not shown; pressing goes to the end', async ({ page }) => {
  await open(page, quick);
  await loaded(page);
  const figure = page.locator('.plane-figure .boundaries-trained');
  const first = await figure.innerHTML();
  await page.getByTestId('play').click();
  await expect(page.getByTestId('play')).toHaveText('To the end', { timeout: 60_000 });
  expect(await value(page, 'steps')).toBeLessThan(2000);
  await expect(page.getByTestId('status')).toHaveText('');
  await expect(at(page)).toHaveText(/^step [\d,]+ of 2,000$/);
  await expect(page.getByTestId('caption')).not.toContainText('rests');
  await reached(page, 'steps', (v) => v > 0);
  expect(await figure.innerHTML()).not.toBe(first);
  const early = await value(page, 'steps');
  await reached(page, 'steps', (v) => v > early);
  await page.getByTestId('play').click();
  await reached(page, 'steps', (v) => v === 2000);
  await expect(page.getByTestId('status')).not.toHaveText('');
  await expect(at(page)).not.toContainText('step');
  await expect(page.getByTestId('play')).toHaveText(/Train again|Continue/);
});

/** Notes what the headline says of moments: a playing may be over before it is looked at from outside. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await at(page).evaluate((shown) => {
    const said = Object.assign(window, { said: [] as string[] }).said;
    new MutationObserver(() => said.push(shown.textContent ?? '')).observe(shown, { childList: true, characterData: true, subtree: true });
  });
  /** A playing has been seen, from its beginning to its end; @returns what was said of its moments. */
  return async () => {
    const said = await page.waitForFunction(() => {
      const { said } = window as unknown as { said: string[] };
      if (!said.some((text) => text.includes('step')) || said.at(-1)!.includes('step')) return null;
      return said.splice(0).filter((text) => text.includes('step'));
    });
    return (await said.jsonValue())!;
  };
}

test('played to its end it ends as it would at once, is played again without training, and is certified again', async ({ page }) => {
  await trained(page);
  const names = ['steps', 'loss', 'residual', 'cost', 'sup-distance', 'sup-relative'];
  const numbers = () => Promise.all(names.map((name) => value(page, name)));
  const once = await numbers();
  const certified = () => expect(page.getByTestId('caption')).toContainText('(certified)', { timeout: 60_000 });
  await certified();
  const played = await listen(page);
  await page.getByTestId('pace').selectOption('fast');
  await page.getByTestId('play-again').click();
  await played();
  await expect.poll(numbers).toEqual(once);
  await page.getByTestId('play').click(); // trains again, played
  await played();
  await expect.poll(numbers).toEqual(once);
  await certified();
});

test('keys choose a moment: function, bends, rose and numbers are of it, and leaving goes back to the end', async ({ page }) => {
  await trained(page);
  const shown = () => Promise.all(['.boundaries-trained', '.field', '.rose-figure .wedges'].map((part) => page.locator(part).first().innerHTML()));
  const end = await shown();
  const last = await value(page, 'loss');
  await expect(moment(page)).toHaveRole('slider');
  await moment(page).press('Home');
  await reached(page, 'steps', (v) => v === 0);
  await expect(at(page)).toHaveText('step 0 of 2,000');
  await expect(moment(page)).toHaveAttribute('aria-valuetext', /^step 0 of 2,000, loss \S+$/);
  (await shown()).forEach((part, n) => expect(part).not.toBe(end[n]));
  await moment(page).press('ArrowRight');
  await reached(page, 'steps', (v) => v === 1);
  await moment(page).press('PageUp');
  const tenth = await reached(page, 'steps', (v) => v > 5);
  await moment(page).press('PageDown');
  await reached(page, 'steps', (v) => v === 1);
  await moment(page).press('PageUp');
  await reached(page, 'steps', (v) => v === tenth);
  expect(await value(page, 'loss')).not.toBe(last);
  const near = await value(page, 'sup-relative');
  expect(near).toBeGreaterThan(0);
  await expect(page.getByTestId('caption')).not.toContainText('rests');
  await moment(page).press('Tab');
  await reached(page, 'steps', (v) => v === 2000);
  expect(await value(page, 'loss')).toBe(last);
  await expect.poll(shown).toEqual(end);
});

test('a moment that is shown is the network of that step, stepped to by hand', async ({ page }) => {
  await trained(page);
  await moment(page).press('Home');
  let step = await reached(page, 'steps', (v) => v === 0);
  for (let n = 0; n < 3; ++n) {
    await moment(page).press('ArrowRight');
    const before = step;
    step = await reached(page, 'steps', (v) => v > before);
  }
  const numbers = () => Promise.all(['loss', 'residual', 'cost'].map((name) => value(page, name)));
  const recorded = await numbers();
  await page.getByTestId('reset').click();
  await reached(page, 'steps', (v) => v === 0);
  for (let n = 1; n <= step; ++n) {
    await page.getByTestId('step').click();
    await reached(page, 'steps', (v) => v === n);
  }
  expect(await numbers()).toEqual(recorded);
});

test('a run on images is played, and a moment of it is the network of that step', async ({ page }) => {
  await trained(page, 'v=1&scene=images&images=0,16,23&noise=balls&method=augmented-lagrangian&width=40&samples=20&schedule=1000&subspace');
  const pictures = () => page.locator('.images-stage').innerHTML();
  const names = ['loss', 'residual', 'cost', 'sup-relative', 'outside-hull-input'];
  const numbers = () => Promise.all(names.map((name) => value(page, name)));
  const [end, ended] = [await pictures(), await numbers()];
  await moment(page).press('Home');
  await reached(page, 'steps', (v) => v === 0);
  await expect.poll(pictures).not.toBe(end);
  await moment(page).press('ArrowRight');
  await reached(page, 'steps', (v) => v === 1);
  await moment(page).press('ArrowRight');
  const step = await reached(page, 'steps', (v) => v > 1);
  const [shown, recorded] = [await pictures(), await numbers()];
  await page.getByTestId('pace').selectOption('fast');
  await page.getByTestId('play-again').click();
  await expect(at(page)).toContainText('step');
  await expect(at(page)).not.toContainText('step', { timeout: 20_000 });
  await expect.poll(numbers).toEqual(ended);
  await expect.poll(pictures).toBe(end);
  await page.getByTestId('reset').click();
  await reached(page, 'steps', (v) => v === 0);
  for (let n = 1; n <= step; ++n) {
    await page.getByTestId('step').click();
    await reached(page, 'steps', (v) => v === n);
  }
  await expect.poll(numbers).toEqual(recorded);
  expect(await pictures()).toBe(shown);
});

test('a pointer on the loss curve chooses a moment, and follows its drag', async ({ page }) => {
  await trained(page);
  await moment(page).scrollIntoViewIfNeeded();
  const box = (await moment(page).boundingBox())!;
  await page.mouse.move(box.x + 0.3 * box.width, box.y + 60);
  await page.mouse.down();
  const early = await reached(page, 'steps', (v) => v < 100);
  await page.mouse.move(box.x + 0.6 * box.width, box.y + 60, { steps: 5 });
  await reached(page, 'steps', (v) => v > early && v < 1000);
  await page.mouse.move(box.x + box.width - 2, box.y + 60, { steps: 5 });
  await page.mouse.up();
  await reached(page, 'steps', (v) => v === 2000);
});

test('what happened is listed, and marked on the curve', async ({ page }) => {
  await trained(page);
  const events = page.getByTestId('events').locator('li');
  await expect(events.first()).toHaveText('step 1: output weights solved');
  await expect(events.nth(1)).toHaveText(/^step [\d,]+: neurons merged, \d+ → \d+$/);
  await expect(events.last()).toHaveText(/^step 2,000: (converged|at rest, not converged)$/);
  await expect(page.locator('.loss-figure .events line')).toHaveCount(await events.count());
  await page.getByTestId('reset').click();
  await expect(events).toHaveCount(0);
});

for (const [what, act] of [
  ['a dragged point', (page: Page) => page.getByTestId('point-0').press('ArrowLeft')],
  ['a step', (page: Page) => page.getByTestId('step').click()],
  ['a reset', (page: Page) => page.getByTestId('reset').click()],
] as const) {
  test(`${what} ends the playing at once, at the network as it stands`, async ({ page }) => {
    await open(page, quick);
    await loaded(page);
    await page.getByTestId('play').click();
    await expect(page.getByTestId('play')).toHaveText('To the end', { timeout: 60_000 });
    await act(page);
    await expect(at(page)).not.toContainText('step', { timeout: 1000 });
    if (what === 'a reset') await reached(page, 'steps', (v) => v === 0);
    else await reached(page, 'steps', (v) => v >= 2000);
  });
}

test('a long run is watched as it goes', async ({ page }) => {
  await open(page, `v=1&scene=plane&${endless}`);
  await page.getByTestId('play').click();
  await reached(page, 'steps', (v) => v > 2);
  await expect(at(page)).not.toContainText('step', { timeout: 20_000 });
  await expect(page.getByTestId('play')).toHaveText('Pause');
});

test('a moment is one of so many so far while the run goes on, and of all at its end', async ({ page }) => {
  await open(page, `v=1&scene=plane&${endless}`);
  await loaded(page);
  const played = await listen(page);
  await page.getByTestId('play').click();
  for (const said of await played()) expect(said).toMatch(/^step 0$|^step [\d,]+ of [\d,]+ so far$/);
  await page.getByTestId('play').click();
  await moment(page).press('Home');
  await expect(at(page)).toHaveText(/^step 0 of [1-9][\d,]* so far$/);
  await expect(moment(page)).toHaveAttribute('aria-valuetext', /^step 0 of [1-9][\d,]* so far, loss \S+$/);
  await page.goto('about:blank');
  await trained(page);
  await moment(page).press('Home');
  await expect(at(page)).toHaveText('step 0 of 2,000');
});

test('of the initial weights the caption says whether training waits, has begun, or was before', async ({ page }) => {
  const caption = page.getByTestId('caption');
  await open(page, 'v=1&scene=plane&width=2000&samples=2000&schedule=20000');
  await loaded(page);
  await expect(caption).toContainText('at its initial weights: press Train.');
  const begun = page.waitForFunction(
    () => document.querySelector('[data-testid=caption]')!.textContent!.includes('Training has begun; what is shown is still the network at its initial weights.'),
    undefined,
    { timeout: 20_000 },
  );
  await page.getByTestId('play').click();
  await begun;
  await page.goto('about:blank');
  await trained(page);
  await moment(page).press('Home');
  await reached(page, 'steps', (v) => v === 0);
  await expect(caption).toContainText('What is shown is the network at its initial weights.');
});

test('with less motion asked for a run is shown at once', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, quick);
  await loaded(page);
  await expect(page.getByTestId('pace')).toHaveValue('once');
  await page.getByTestId('play').click();
  await expect(page.getByTestId('status')).not.toHaveText('', { timeout: 60_000 });
  await expect(page.getByTestId('play-again')).toBeDisabled();
  expect(await value(page, 'steps')).toBe(2000);
});

test('the headline: from the theorem’s function, above a certified least cost, or why there is none', async ({ page }) => {
  const headline = page.getByTestId('headline');
  await trained(page);
  await expect(headline).toContainText(/^[\d.<]+ [\d.]*\s?%from the theorem’s function/);
  await page.getByTestId('width').fill('4');
  await expect(at(page)).toHaveText('this width may not reach it');
  await page.goto('about:blank');
  await trained(page, 'v=1&scene=plane&preset=pentagon&width=40&samples=20&schedule=2000');
  await expect(headline).toContainText(/^≤ [\d.]+ %above the samples’ certified least[\d.]+ % from its function/, { timeout: 60_000 });
  await page.getByTestId('radius').fill('0.58');
  await expect(headline).toContainText('No matchno finite network is exact here');
});

test('scrubbed, the page has no accessibility violation', async ({ page }) => {
  await trained(page);
  await moment(page).press('Home');
  await reached(page, 'steps', (v) => v === 0);
  expect(await violations(page)).toEqual([]);
});
