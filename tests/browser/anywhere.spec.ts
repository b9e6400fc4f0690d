// The same numbers wherever the page runs: the site from a sub-path, in an iframe of another origin,
// and the single file from disk; and nothing is asked of the network once the page is there
// and has the digits.
import { fileURLToPath } from 'node:url';
import { expect, loaded, numbers, open, reached, ready, requests, steps, test } from './page';
import { ports } from './server.mjs';

const file = new URL('../../dist-single/index.html', import.meta.url);
const cases = {
  plane: 'v=1&scene=plane&preset=obtuse&width=50',
  line: 'v=1&scene=line&preset=line-5&width=40',
  images: 'v=1&scene=images&images=0,103,206&samples=10&width=30&level=0.3',
};
const count = 4;

for (const [scene, hash] of Object.entries(cases)) {
  test(`${scene}: site, iframe of another origin and file show the same numbers`, async ({ page, context }) => {
    await open(page, hash);
    await loaded(page);
    const asked = requests(page);
    await steps(page, count);
    const site = await numbers(page);
    await page.getByTestId('play').click();
    await reached(page, 'steps', (v) => v > count + 3);
    await page.getByTestId('play').click();
    expect(asked, 'requests of the site after it was loaded').toEqual([]);

    const paper = await context.newPage();
    await paper.goto(`http://localhost:${ports.host}/?${encodeURIComponent(`${hash}&embed`)}`);
    const frame = paper.frames().find((f) => f.url().includes(`:${ports.site}`))!;
    await loaded(frame);
    const askedInFrame = requests(paper);
    await steps(frame, count);
    expect(await numbers(frame), 'in the iframe').toEqual(site);
    await expect(frame.getByTestId('badge')).toBeVisible();
    await expect(frame.getByTestId('sup-relative')).toBeVisible();
    await expect(frame.getByRole('complementary', { name: 'Controls' })).toHaveCount(0);
    await frame.getByTestId('play').click();
    await reached(frame, 'steps', (v) => v > count + 3);
    expect(askedInFrame, 'requests of the iframe after it was loaded').toEqual([]);
    await paper.close();

    const alone = await context.newPage();
    const complaints: string[] = [];
    alone.on('console', (message) => complaints.push(message.text()));
    alone.on('pageerror', (error) => complaints.push(error.message));
    const askedByFile = requests(alone);
    await alone.goto(`${file.href}#${hash}`);
    await ready(alone);
    await steps(alone, count);
    expect(await numbers(alone), 'in the single file').toEqual(site);
    await alone.getByTestId('play').click();
    await reached(alone, 'steps', (v) => v > count + 3);
    expect(askedByFile.map((url) => fileURLToPath(url.replace(/#.*/, ''))), 'requests of the file').toEqual([fileURLToPath(file)]);
    expect(complaints, 'on the console of the file').toEqual([]);
    await alone.close();
  });
}

test('a plane in a frame of the size that the README gives shows its figure and every number', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 640 });
  await open(page, 'v=1&scene=plane&preset=acute&embed');
  for (const shown of [page.locator('svg.plane-figure'), page.getByTestId('cost'), page.getByTestId('sup-relative')]) {
    await expect(shown).toBeInViewport({ ratio: 1 });
  }
});
