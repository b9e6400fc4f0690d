// On paper: figures that nobody has come to yet are there too, without a network at work.
import { inflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, reached, test } from './page';
import { ports } from './server.mjs';

const site = `http://localhost:${ports.site}/some/sub/path/`;
const space = '<div style="height:3000px"></div>';

async function article(page: Page, body: string): Promise<void> {
  const html = `<!doctype html><html lang="en"><title>A paper</title><link rel="icon" href="data:,"><script type="module">import 'http://localhost:${ports.site}/package/element.js'</script><body><p>Above</p>${space}${body}</body></html>`;
  await page.goto(`http://localhost:${ports.host}/article?${encodeURIComponent(html)}`);
}

/** How many paths are drawn on the pages: a figure has hundreds, a page of text a few. */
async function strokes(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: 'A4' });
  let found = 0;
  for (let at = pdf.indexOf('stream\n'); at !== -1; at = pdf.indexOf('stream\n', at + 7)) {
    try {
      found += [...inflateSync(pdf.subarray(at + 7)).toString('latin1').matchAll(/ l\n|\nS\n/g)].length;
    } catch {
      // Of another kind.
    }
  }
  return found;
}

test('an element that was never seen is on paper, and its network waits', async ({ page }) => {
  await article(page, '<minimum-norm-denoiser experiment=\'{"data":{"preset":"obtuse"}}\'></minimum-norm-denoiser>');
  const figure = page.locator('minimum-norm-denoiser');
  await expect(figure.locator('svg[data-figure] .point')).toHaveCount(3);
  await expect(figure.locator('svg[data-figure] .boundaries-closed path')).not.toHaveCount(0);
  await expect(figure.getByTestId('badge')).toContainText('theorem');
  expect(page.workers(), 'nothing trains').toHaveLength(0);
  await expect(figure.getByTestId('steps')).toHaveAttribute('data-value', '');
  expect(await strokes(page)).toBeGreaterThan(100);
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.getByTestId('steps')).toHaveAttribute('data-value', '0');
});

for (const [name, hash, drawn] of [
  ['plane', 'scene=plane&preset=obtuse', 'svg[data-figure] .boundaries-closed path'],
  ['line', 'scene=line&preset=line-5', 'svg[data-figure] .curve.closed-form'],
  ['images', 'scene=images&images=0,16,23&samples=5&width=20', '.pictures canvas'],
] as const) {
  test(`a frame that was never seen is on paper, and its network waits: ${name}`, async ({ page }) => {
    await article(page, `<iframe src="${site}#v=1&amp;${hash.replaceAll('&', '&amp;')}&amp;embed" width="720" height="640" title="figure"></iframe>`);
    const frame = page.frames().find((each) => each.url().startsWith(site))!;
    await expect(frame.locator(drawn)).not.toHaveCount(0);
    await expect(frame.getByTestId('badge')).not.toContainText('Loading');
    expect(page.workers(), 'nothing trains').toHaveLength(0);
    await expect(frame.getByTestId('steps')).toHaveAttribute('data-value', '');
    if (name !== 'images') expect(await strokes(page)).toBeGreaterThan(100);
    await page.locator('iframe').scrollIntoViewIfNeeded();
    await reached(frame, 'steps', (v) => v === 0);
  });
}
