// Bad input: a sentence beside the control that caused it, the last figure kept, nothing thrown.
import { expect, open, reached, test, value } from './page';

const hash = 'v=1&scene=plane&preset=obtuse';

const bad = [
  { what: 'overlapping balls', control: 'radius', text: '3', said: /apart/ },
  { what: 'a radius of 0', control: 'radius', text: '0', said: /above 0|positive/ },
  { what: 'a radius that is no number', control: 'radius', text: 'wide', said: /number|finite/ },
  { what: 'coincident points', control: 'points', text: '0,0\n1,1\n0,0', said: /1 and 3/ },
  { what: 'a single point', control: 'points', text: '1,1', said: /point/ },
  { what: 'a point that is no number', control: 'points', text: '0,0\n1,a', said: /number|finite/ },
  { what: 'points of three numbers', control: 'points', text: '0,0,0\n1,1,1', said: /2 numbers/ },
  { what: 'an empty list', control: 'points', text: '', said: /point/ },
  { what: 'a coordinate beyond its bound', control: 'points', text: '0,0\n1e12,1', said: /1e\+?0?9|1,000,000,000|1000000000/ },
  { what: 'points too far apart for the noise', control: 'points', text: '1000,0\n0,0\n0,1', said: /noise radius/ },
  { what: 'a width of 0', control: 'width', text: '0', said: /1/ },
  { what: 'half a neuron', control: 'width', text: '7.5', said: /whole/ },
  { what: 'one sample', control: 'samples', text: '1', said: /2/ },
  { what: 'an empty seed', control: 'seed', text: '', said: /whole|number/ },
  { what: 'a learning rate of 5', control: 'rate', text: '5', said: /1/ },
];

test('a bad value is said beside its control; the figure stays and training goes on', async ({ page }) => {
  await open(page, hash);
  for (const { what, control, text, said } of bad) {
    await test.step(`${what}, beside ${control}`, async () => {
      const cost = await value(page, 'formula-cost');
      const points = await page.locator('[data-testid^=point-]').count();
      const before = await value(page, 'steps');
      await page.getByTestId(control).fill(text);
      const error = page.getByTestId(`error-${control}`);
      await expect(error).toBeVisible();
      await expect(error).toHaveText(said);
      await expect(error).toHaveText(/^[A-Z0-9“"].*[.!]$/);
      // Near the control, and said to a screen reader.
      const [at, of] = [await error.boundingBox(), await page.getByTestId(control).boundingBox()];
      expect(Math.abs(at!.y - (of!.y + of!.height)), 'distance of the sentence from its control').toBeLessThan(64);
      await expect(error).toHaveRole('alert');
      expect(await value(page, 'formula-cost')).toBe(cost);
      expect(await page.locator('[data-testid^=point-]').count()).toBe(points);
      // Training goes on with what was accepted last.
      await page.getByTestId('step').click();
      await reached(page, 'steps', (v) => v === before + 1);
      // A good value clears the sentence.
      const good = { radius: '0.2', points: '0,0\n2,0\n-1,1', width: '30', samples: '40', seed: '4', rate: '0.02' }[control]!;
      await page.getByTestId(control).fill(good);
      await expect(error).toBeHidden();
      if (['width', 'seed', 'rate'].includes(control)) await reached(page, 'steps', (v) => v === 0); // new weights
    });
  }
});

test('points that other settings do not suit stay as they were typed, with the reason', async ({ page }) => {
  await open(page, hash);
  await page.getByTestId('points').fill('1000,0\n0,0\n0,1');
  await page.getByTestId('points').press('Tab');
  await expect(page.getByTestId('error-points')).toContainText('noise radius');
  await expect(page.getByTestId('points')).toHaveValue('1000,0\n0,0\n0,1');
});

test('too few images are refused beside the picker', async ({ page }) => {
  await open(page, 'v=1&scene=images&images=0,100,200&samples=5&width=10');
  await page.getByTestId('picked-100').click();
  await expect(page.getByTestId('error-images')).toHaveText(/3 to 20 images/);
  await expect(page.getByTestId('picked-100')).toBeVisible();
  await page.getByTestId('digit-3').click();
  await page.getByTestId('pick-305').click();
  await expect(page.getByTestId('error-images')).toBeHidden();
  await expect(page.getByTestId('picked-305')).toBeVisible();
  await expect(page.getByTestId('image-error-noisy-3')).not.toHaveAttribute('data-value', '');
});

test('a refused text that was left goes when another value is taken', async ({ page }) => {
  await open(page, 'v=1&scene=plane');
  await page.getByTestId('width').fill('abc');
  await page.getByTestId('points').fill('0,0\n0,0');
  await expect(page.getByTestId('error-points')).toBeVisible();
  await expect(page.getByTestId('width'), 'no text without its sentence').toHaveValue('200');
  await page.getByTestId('seed').fill('3');
  await expect(page.getByTestId('error-points')).toBeHidden();
  await expect(page.getByTestId('points')).toHaveValue(/^0, 1\n/);
});

test('an empty list of points is called by its name', async ({ page }) => {
  await open(page, 'v=1&scene=line');
  await page.getByTestId('points').fill('');
  await expect(page.getByTestId('error-points')).toHaveText('The list of clean points is empty.');
});

for (const { scene, points, drawn } of [
  { scene: 'line', points: '-1e9;0;1e9', drawn: '.curve' },
  { scene: 'plane', points: '-1e9,0;1e9,0;0,5e8', drawn: '.arrow' },
]) {
  test(`points at the greatest coordinate are drawn and trained on a ${scene}, though the view reaches past them`, async ({ page }) => {
    await open(page, `v=1&scene=${scene}&points=${points}&width=20&samples=10`);
    await expect(page.locator(`svg ${drawn}`).first()).toBeAttached();
    await expect(page.locator(`svg ${drawn}`).first()).toHaveAttribute('d', /^M[\d.]+/);
    await page.getByTestId('step').click();
    await reached(page, 'steps', (v) => v === 1);
  });
}
