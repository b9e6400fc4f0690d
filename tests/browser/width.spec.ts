// A figure in an article follows its own width, whatever the window's: in an element, a file and a frame
// nothing stands past its edges, is cut, or lies on something else.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, loaded, open, ready, test, violations } from './page';
import { ports } from './server.mjs';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const program = process.env.DENOISE_COMMAND ?? here('../../build/native/cli/denoise');
const folder = mkdtempSync(join(tmpdir(), 'denoise-width-'));
test.afterAll(() => rmSync(folder, { recursive: true }));

const tag = (experiment: object, more = '') => `<minimum-norm-denoiser experiment='${JSON.stringify(experiment)}' ${more}></minimum-norm-denoiser>`;

/** A page of another origin with these elements. */
async function article(page: Page, body: string, style = ''): Promise<void> {
  const script = `http://localhost:${ports.site}/package/element.js`;
  const html = `<!doctype html><html lang="en"><title>A paper</title><link rel="icon" href="data:,"><style>body{margin:0}${style}</style><script type="module">import '${script}'</script><body>${body}</body></html>`;
  await page.goto(`http://localhost:${ports.host}/article?${encodeURIComponent(html)}`);
}

/** What stands past the edges of each figure, is cut, or lies on something else; where the page scrolls sideways. */
function faults(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn, 20))));
    const found = new Set<string>();
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.add(`the page is ${scrollWidth} wide in ${clientWidth}`);
    const elements = [...document.querySelectorAll('minimum-norm-denoiser')];
    for (const host of elements.length > 0 ? elements : [document.body]) {
      const edge = host.getBoundingClientRect();
      const all = [...(host.shadowRoot ?? host).querySelectorAll<HTMLElement | SVGElement>('*')].filter((e) => !e.closest('.unseen, defs, math, script, style') && e.getBoundingClientRect().width > 0);
      const called = (e: Element) => `${e.localName}.${e.getAttribute('class')} "${e.textContent!.trim().slice(0, 20)}"`;
      for (const each of all) {
        const box = each.getBoundingClientRect();
        // Hidden tips too: they are laid out where they will be shown. What is clipped or scrolls is not past.
        const inside = each.closest('[clip-path]') !== null || each.parentElement?.closest('.maths, .films') || each.querySelector('[clip-path]') !== null;
        if (!inside && (box.right > edge.right + 1 || box.left < edge.left - 1)) found.add(`${called(each)} from ${Math.round(box.left - edge.left)} to ${Math.round(box.right - edge.left)} of ${Math.round(edge.width)}`);
        const words = document.createRange();
        for (const node of each.childNodes) {
          if (!(node instanceof Text) || each instanceof SVGElement || getComputedStyle(each).display === 'inline') continue;
          words.selectNode(node);
          if (words.getBoundingClientRect().right > box.right + 1) found.add(`${called(each)} is cut`);
        }
      }
      const parts = '.readout > span:not(.tip), .badge, .caption, .legend li, .headline strong, .headline > span:not(.tip), .transport button, .rest, figcaption, .probe, .numbers, .ends, svg.figure, svg.figure text, .pictures, .player > *';
      const apart = all.filter((e) => e.matches(parts) && e.checkVisibility({ visibilityProperty: true }) && e.closest('.points, .virtual, .base, .start') === null);
      const boxes = apart.map((e) => e.getBoundingClientRect());
      apart.forEach((a, i) =>
        apart.slice(i + 1).forEach((b, j) => {
          const [p, q] = [boxes[i]!, boxes[i + 1 + j]!];
          if (a.contains(b) || b.contains(a)) return;
          if (Math.min(p.right, q.right) - Math.max(p.left, q.left) > 2 && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 4) found.add(`${called(a)} lies on ${called(b)}`);
        }),
      );
    }
    return [...found];
  });
}

const experiments = {
  line: tag({ data: { preset: 'line-5' } }),
  plane: tag({ data: { preset: 'acute' } }),
  'the longest statement': tag({ data: { preset: 'equilateral' } }),
  flow: tag({ data: { preset: 'right' } }, 'view="scene=flow"'),
};

for (const [name, element] of Object.entries(experiments)) {
  test(`an element keeps to its column, in any window: ${name}`, async ({ page }) => {
    await article(page, `<div>${element}</div>`);
    await ready(page);
    const arranged: Record<string, string[]> = {};
    for (const window of [800, 1280]) {
      await page.setViewportSize({ width: window, height: 900 });
      for (const width of [300, 400, 520, 640, 720, 800]) {
        await page.locator('div').first().evaluate((div, wide) => (div.style.width = `${wide}px`), width);
        await expect.poll(() => faults(page), `${width} in ${window}`).toEqual([]);
        const places = await page.locator('minimum-norm-denoiser').evaluate((host) =>
          [...host.shadowRoot!.querySelectorAll('button, .headline, .badge, .readout, svg[data-figure], .legend, .caption, figure')].map((e) => Object.values(e.getBoundingClientRect().toJSON()).map(Math.round).join()).join(' '),
        );
        (arranged[width] ??= []).push(places);
      }
    }
    for (const [width, [narrow, wide]] of Object.entries(arranged)) expect(wide, `at ${width}, as in the other window`).toBe(narrow);
  });
}

test('an element takes the room that a flex box or a grid has for it', async ({ page }) => {
  const boxes = ['display:flex', 'display:grid;grid-template-columns:1fr', 'display:grid;grid-template-columns:1fr 200px', 'display:flex;flex-direction:column;align-items:flex-start', 'float:left'];
  await page.setViewportSize({ width: 600, height: 900 });
  await article(page, boxes.map((box) => `<div style="${box}">${experiments.line}</div>`).join(''));
  const widths = await page.locator('minimum-norm-denoiser').evaluateAll((all) => all.map((element) => element.getBoundingClientRect().width));
  const room = await page.evaluate(() => document.documentElement.clientWidth);
  expect(widths).toEqual([room, room, room - 200, room, room]);
});

const widths = [300, 320, 360, 400, 480, 520, 600, 619, 620, 640, 660, 680, 700, 720, 740, 760, 800, 840, 860, 880, 960, 1024, 1200, 1280, 1440];

/** At every width, in one page. */
async function fits(page: Page): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 640 });
    await expect.poll(() => faults(page), `at ${width}`).toEqual([]);
  }
}

const documents = {
  line: { data: { preset: 'line-5' } },
  plane: { data: { preset: 'equilateral' } },
};
for (const [name, experiment] of Object.entries(documents)) {
  test(`a file scrolls down alone, and nothing in it is cut: ${name}`, async ({ page }) => {
    const file = join(folder, `${name}.html`);
    execFileSync(program, ['figure', '-', '-o', file, '--template', here('../../dist-figure/figure.html')], { input: JSON.stringify({ version: 1, ...experiment }) });
    await page.goto(pathToFileURL(file).href);
    await ready(page);
    await fits(page);
  });
}

const hashes = {
  line: 'scene=line&preset=line-5',
  plane: 'scene=plane&preset=acute',
  'the plane with its longest statement': 'scene=plane&preset=equilateral',
  flow: 'scene=flow&preset=right',
  'two flows': 'scene=flow&preset=right&beside=empirical-mmse',
  'the flow on a line': 'scene=flow&preset=line-5',
  images: 'scene=images&images=0,16,23&samples=5&width=20',
};
for (const [name, hash] of Object.entries(hashes)) {
  test(`a frame scrolls down alone, and nothing in it is cut: ${name}`, async ({ page }) => {
    await open(page, `v=1&${hash}&embed`);
    await loaded(page);
    await fits(page);
  });
}

test('between figure and legend there is no hole, and axe finds nothing', async ({ page }) => {
  await open(page, 'v=1&scene=plane&preset=acute&embed');
  await loaded(page);
  for (const width of [640, 680, 720, 760]) {
    await page.setViewportSize({ width, height: 640 });
    const gap = () => page.evaluate(() => document.querySelector('.legend')!.getBoundingClientRect().top - document.querySelector('p.probe')!.getBoundingClientRect().bottom);
    await expect.poll(gap, `at ${width}`).toBeLessThan(40);
  }
  expect(await violations(page)).toEqual([]);
});
