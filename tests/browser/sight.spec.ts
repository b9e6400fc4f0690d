// The scenes on a desk and on a phone, light and dark: readable by everyone, nothing cut off,
// no word on another.
import { expect, open, pause, reached, test, violations } from './page';

const scenes = {
  line: 'v=1&scene=line&preset=line-5',
  plane: 'v=1&scene=plane&preset=acute',
  flow: 'v=1&scene=flow&preset=right',
  images: 'v=1&scene=images&images=0,3,39&samples=20&width=60&level=0.3',
};

interface Box {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** In the page: words that lie on other words, or outside what their box shows. */
function faults(): string[] {
  const found: string[] = [];
  const boxes: (Box & { element: Element })[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement!;
    const text = node.textContent!.trim();
    if (text === '' || element.closest('.tip, .unseen, option, script, style, noscript, textarea, math')) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, top, bottom, width, height } of range.getClientRects()) {
      if (width < 1 || height < 1) continue;
      // The glyphs of a line fill about its middle two thirds.
      boxes.push({ element, text, left, right, top: top + height / 6, bottom: bottom - height / 6 });
      if (right > document.documentElement.clientWidth + 1 || left < -1) found.push(`"${text}" leaves the page`);
      for (let box: Element | null = element; box !== null; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (!['hidden', 'clip'].includes(style.overflowX) || box.closest('select')) continue;
        const shown = box.getBoundingClientRect();
        if (right > shown.right + 1 || left < shown.left - 1) found.push(`"${text}" is cut off`);
      }
    }
  }
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && high > 2 && a.element !== b.element) found.push(`"${a.text}" and "${b.text}" overlap`);
    }
  }
  return found;
}

for (const [scene, hash] of Object.entries(scenes)) {
  for (const [device, viewport] of Object.entries({
    desk: { width: 1440, height: 900 },
    phone: { width: 390, height: 844 },
  })) {
    test(`${scene} on a ${device}: nothing cut off, no word on another`, async ({ page }, info) => {
      await page.setViewportSize(viewport);
      await open(page, hash);
      await page.getByTestId('play').click();
      await reached(page, 'steps', (v) => v >= 40);
      await pause(page);
      await page.mouse.move(2, 2);
      await page.locator('h1').click(); // no button keeps its tip
      await page.waitForTimeout(300);
      await info.attach(`${scene} ${device}`, { body: await page.screenshot({ fullPage: true }), contentType: 'image/png' });
      const { scroll, client } = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        client: document.documentElement.clientWidth,
      }));
      expect(scroll, 'width of the page').toBeLessThanOrEqual(client);
      expect(await page.evaluate(faults)).toEqual([]);
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${scene} in ${colorScheme}: no accessibility violation`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await open(page, hash);
      await page.getByTestId('step').click();
      await reached(page, 'steps', (v) => v === 1);
      expect(await violations(page)).toEqual([]);
    });
  }
}

test('numbers of a network at rest are whole on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, 'v=1&scene=line&preset=line-5&schedule=1000');
  await page.getByTestId('play').click();
  await expect(page.getByTestId('status')).toHaveText('Converged', { timeout: 60_000 });
  await page.mouse.move(2, 2);
  await page.locator('h1').click();
  expect(await page.evaluate(faults)).toEqual([]);
});

test('on paper: the figure and its numbers, no buttons or fields', async ({ page }) => {
  await open(page, scenes.plane);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByTestId('cost')).toBeVisible();
  await expect(page.locator('svg.plane-figure')).toBeVisible();
  await expect(page.locator('button:visible, input:visible, select:visible, textarea:visible')).toHaveCount(0);
});
