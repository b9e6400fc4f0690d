// The link holds the whole state: every key comes back, defaults stay out, what is not understood
// is named and left out.
import { expect, open, ready, reached, test, value } from './page';

const hashOf = (url: string) => new URL(url).hash.slice(1);

for (const [scene, keys] of Object.entries({
  plane: {
    points: '0,0;2,0;-0.5,1.25',
    noise: 'fresh',
    level: '0.05',
    samples: '33',
    'noise-seed': '7',
    method: 'weight-decay',
    lambda: '0.0003',
    rate: '0.004',
    width: '77',
    schedule: '4321',
    seed: '9',
    layers: 'field,distance',
    field: 'empirical-mmse',
    heat: '2',
  },
  line: { preset: 'line-8', radius: '0.04', width: '120', layers: 'trained,rug' },
  images: { images: '3,103,203,303', level: '0.35', samples: '20', width: '64', 'held-out': '5' },
})) {
  test(`the ${scene}'s link comes back with every key`, async ({ page, context }) => {
    const hash = `v=1&scene=${scene}&${Object.entries(keys).map(([k, v]) => `${k}=${v}`).join('&')}`;
    await open(page, hash);
    await expect.poll(() => new URLSearchParams(hashOf(page.url())).size).toBe(new URLSearchParams(hash).size);
    expect(Object.fromEntries(new URLSearchParams(hashOf(page.url())))).toEqual(Object.fromEntries(new URLSearchParams(hash)));
    await expect(page.getByTestId('note')).toBeHidden();
    for (const key of ['level', 'samples', 'noise-seed', 'rate', 'width', 'schedule', 'seed', 'held-out', 'method', 'noise', 'field']) {
      const given = (keys as Record<string, string>)[key];
      if (given !== undefined) await expect(page.getByTestId(key)).toHaveValue(given);
    }
    // A second page from the first one's link: the same state and the same initial network.
    const other = await context.newPage();
    await other.goto(page.url());
    await ready(other);
    expect(await value(other, 'loss')).toBe(await value(page, 'loss'));
    expect(await value(other, 'cost')).toBe(await value(page, 'cost'));
    await expect.poll(() => hashOf(other.url())).toBe(hashOf(page.url()));
  });
}

test('a state of defaults has a short link', async ({ page }) => {
  await open(page, 'v=1&scene=plane&preset=equilateral&width=200&seed=1&samples=80');
  await expect.poll(() => hashOf(page.url())).toBe('v=1&scene=plane');
});

test('play in a link starts the training', async ({ page }) => {
  await open(page, 'v=1&scene=line&play');
  await reached(page, 'steps', (v) => v > 10);
});

test('a link of a network that was trained on other data before says that it trains anew', async ({ page }) => {
  await open(page, 'v=1&scene=line&points=-1;0;2&schedule=1000000');
  const copy = page.getByTestId('copy-link');
  await page.getByTestId('step').click();
  await reached(page, 'steps', (v) => v === 1);
  await copy.click();
  await expect(page.locator('.said')).toContainText(/^Link(?!.*initial weights)/);
  await page.getByTestId('point-1').press('ArrowRight');
  await copy.click();
  await expect(page.locator('.said')).toContainText('trains from the initial weights');
  await page.getByTestId('reset').click();
  await copy.click();
  await expect(page.locator('.said')).not.toContainText('initial weights');
});

const strange = [
  ['a number that is none', 'v=1&scene=plane&width=wide', 'width=wide'],
  ['an unknown key', 'v=1&scene=plane&colour=red', '"colour"'],
  ['an unknown scene', 'v=1&scene=cube', 'no scene "cube"'],
  ['an unknown layer', 'v=1&scene=plane&layers=fog', 'no layer "fog"'],
  ['another version', 'v=9&scene=plane', 'version 9'],
  ['a key that is there twice', 'v=1&scene=plane&scene=line', '"scene" is in the link more than once'],
  ['a schedule beyond 32 bits', 'v=1&scene=plane&schedule=1e12', 'is 1000000000000; it may be at most 10000000'],
  ['a width above its bound', 'v=1&scene=plane&width=1000000', 'default is shown'],
  ['an unknown preset', 'v=1&scene=plane&preset=star', 'default is shown'],
  ['overlapping balls', 'v=1&scene=plane&points=0,0;1,0;0,1&radius=0.9', 'default is shown'],
  ['points that are none', 'v=1&scene=plane&points=a,b', 'default is shown'],
  ['two images', 'v=1&scene=images&images=1,2', '3 to 20 images'],
  ['an image that does not exist', 'v=1&scene=images&images=1,2,5000', 'no image 5000'],
  ['a hundred thousand samples', 'v=1&scene=images&samples=100000', 'default is shown'],
] as const;

// The first and the last by their own load; the others in one page, as links to this page are followed.
for (const [what, hash, said] of [strange.at(0)!, strange.at(-1)!]) {
  test(`a page opened by a link with ${what} falls back and says so`, async ({ page }) => {
    await open(page, hash);
    await expect(page.getByTestId('note')).toContainText(said);
    await page.getByTestId('step').click();
    await reached(page, 'steps', (v) => v === 1, 30_000);
  });
}

test('links that are followed to this page fall back and say so', async ({ page }) => {
  await open(page, 'v=1&scene=plane');
  for (const [what, hash, said] of strange.slice(1, -1)) {
    await test.step(what, async () => {
      await page.evaluate((to) => (location.hash = to), hash);
      await expect(page.getByTestId('note')).toContainText(said);
      await reached(page, 'steps', (v) => v === 0);
      await page.getByTestId('step').click();
      await reached(page, 'steps', (v) => v === 1, 30_000);
    });
  }
});

test('Back returns to the scene before, as it was', async ({ page }) => {
  await open(page, 'v=1&scene=plane&preset=obtuse&width=77');
  await page.getByTestId('scene-line').click();
  await expect.poll(() => hashOf(page.url())).toBe('v=1&scene=line');
  await page.goBack();
  await expect(page.getByTestId('scene-plane')).toHaveAttribute('aria-current', 'page');
  await expect(page.getByTestId('preset')).toHaveValue('obtuse');
  await expect(page.getByTestId('width')).toHaveValue('77');
  await page.goForward();
  await expect(page.getByTestId('scene-line')).toHaveAttribute('aria-current', 'page');
});
