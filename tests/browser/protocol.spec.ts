// A figure in a frame, driven by the page around it: what it tells and takes, whom it trusts, and that it
// computes only while it is seen.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Frame, Page } from '@playwright/test';
import { dice } from '../page/dice.mjs';
import { endless, expect, numbers, open, reached, ready, steps, test, value } from './page';
import { ports } from './server.mjs';

const hostScript = readFileSync(fileURLToPath(new URL('../../dist/frame.js', import.meta.url)), 'utf8');
const plane = 'v=1&scene=plane&preset=obtuse&width=40&schedule=400&embed';
const site = `http://localhost:${ports.site}/some/sub/path/`;
const paper = `http://localhost:${ports.host}/article`;

type Message = Record<string, unknown> & { denoise: number; type: string };
type Told = { told: Message[]; from: number[] }; // and the frame that each came from

const framed = (hash: string, query = '', more = '') => `<iframe data-denoise src="${site}${query}#${hash.replaceAll('&', '&amp;')}" width="720" height="300" title="figure" ${more}></iframe>`;

/** Opens a page of another origin with these frames, which keeps what it is told. */
async function article(page: Page, body: string): Promise<Frame[]> {
  const html = `<!doctype html><html lang="en"><title>A paper</title><link rel="icon" href="data:,"><script>window.told=[];window.from=[];addEventListener('message',(e)=>{told.push(e.data);from.push([...document.querySelectorAll('iframe')].findIndex((f)=>f.contentWindow===e.source))})</script><script>${hostScript}</script><body>${body}</body></html>`;
  await page.goto(`${paper}?${encodeURIComponent(html)}`);
  return page.frames().filter((frame) => frame.url().startsWith(site));
}

const told = (page: Page, type: string): Promise<Message[]> => page.evaluate((name) => (window as unknown as Told).told.filter((m) => m.type === name), type);
const send = (page: Page, message: object, frame = 0): Promise<void> =>
  page.evaluate(([data, n]) => document.querySelectorAll('iframe')[n]!.contentWindow!.postMessage(data, '*'), [message, frame] as const);
/** Sends a command and gives its answer. */
async function ask(page: Page, type: string, answer: string, more: object = {}): Promise<Message> {
  const id = `${type} ${Math.round(performance.now() * 1000)}`;
  await send(page, { denoise: 1, type, id, ...more });
  await expect.poll(async () => (await told(page, answer)).some((m) => m.id === id)).toBe(true);
  return (await told(page, answer)).find((m) => m.id === id)!;
}

test('tells its height and what happens, and takes commands', async ({ page, context }) => {
  const [frame] = await article(page, framed(plane));
  await expect.poll(() => told(page, 'ready')).toEqual([{ denoise: 1, type: 'ready', version: 1, left_out: [] }]);
  const iframe = page.locator('iframe');
  const content = () => frame!.evaluate(() => document.body.getBoundingClientRect().height);
  await expect.poll(async () => Math.abs((await iframe.boundingBox())!.height - 4 - (await content())), 'borders of 2 pixels aside').toBeLessThan(2);

  await send(page, { denoise: 1, type: 'step' });
  await reached(frame!, 'steps', (v) => v === 1);
  const site = await context.newPage();
  await open(site, plane);
  await steps(site, 1);
  expect(await numbers(frame!)).toEqual(await numbers(site));
  const { result } = (await ask(page, 'result', 'result')) as unknown as { result: { checksum: string; training: { loss: number }; network: { biases: number[] } } };
  expect(result.checksum).toMatch(/^[0-9a-f]{16}$/);
  expect(result.training.loss).toBe(await value(site, 'loss'));
  expect(result.network.biases).toHaveLength(40);
  expect((await ask(page, 'svg', 'svg')).svg).toMatch(/^<\?xml[^]*<svg[^]*<\/svg>\s*$/);
  await site.close();

  await send(page, { denoise: 1, type: 'play' });
  await expect.poll(async () => (await told(page, 'converged')).length + (await told(page, 'unconverged')).length, { timeout: 60_000 }).toBe(1);
  expect((await told(page, 'progress')).at(-1)!.step).toBe(400);
  await send(page, { denoise: 1, type: 'reset' });
  await reached(frame!, 'steps', (v) => v === 0);

  await ask(page, 'set', 'shown', { experiment: { version: 1, data: { preset: 'line-5' }, training: { width: 30 } } });
  await expect(frame!.locator('[data-testid^=point-]')).toHaveCount(5);
  const refused = await ask(page, 'set', 'refused', { experiment: { version: 1, data: { preset: 'line-5' }, noise: { radius: 9 } } });
  expect(refused.message).toMatch(/0\.5 apart/);
  await expect(frame!.locator('[data-testid^=point-]'), 'the last figure stays').toHaveCount(5);
  expect(await page.evaluate(() => [document.activeElement?.tagName, scrollY]), 'neither focus nor scroll').toEqual(['BODY', 0]);
});

test('answers in order, of what is drawn by then, from the first message on', async ({ page }) => {
  const words = (svg: unknown) => [...String(svg).matchAll(/<text[^>]*>([^<]+)/g)].length;
  const marks = (svg: unknown) => String(svg).match(/<(path|circle|line)\b/g)?.length ?? 0;
  await article(page, framed(plane));
  // At once: whatever is there is told in its turn.
  await page.evaluate(() => {
    const w = document.querySelector('iframe')!.contentWindow!;
    let id = 0;
    addEventListener('message', ({ data }) => {
      if (data.type === 'ready') for (const type of ['svg', 'reset', 'step', 'result', 'step', 'result', 'svg']) w.postMessage({ denoise: 1, type, id: ++id }, '*');
    });
  });
  await expect.poll(() => told(page, 'svg')).toHaveLength(2);
  const [first, last] = await told(page, 'svg');
  expect(first!.id).toBe(1);
  expect(marks(first!.svg), 'the whole figure').toBeGreaterThan(0.8 * marks(last!.svg));
  expect(words(first!.svg)).toBe(words(last!.svg));
  const results = (await told(page, 'result')) as unknown as { id: number; result: { training: { step: number } } }[];
  expect(results.map(({ id, result }) => [id, result.training.step])).toEqual([[4, 1], [6, 2]]);

  // Another experiment is drawn when it is said to be shown.
  const from = page.evaluate(() => new Promise<number>((resolve) => {
    const w = document.querySelector('iframe')!.contentWindow!;
    addEventListener('message', ({ data }) => {
      if (data.type === 'shown') for (const type of ['svg', 'result']) w.postMessage({ denoise: 1, type, id: 'then' }, '*');
      if (data.type === 'result' && data.id === 'then') resolve(data.result.training.step);
    });
    w.postMessage({ denoise: 1, type: 'set', experiment: { data: { preset: 'acute' }, evaluate: { points: [[0, 0]] } } }, '*');
  }));
  expect(await from).toBe(0);
  const then = (await told(page, 'svg')).at(-1)!;
  const [shown] = await told(page, 'shown');
  expect(shown!.left_out).toEqual(['evaluate']);
  const later = (await ask(page, 'svg', 'svg')).svg;
  expect(marks(then.svg)).toBe(marks(later));
  expect(marks(then.svg)).toBeGreaterThan(50);
});

test('takes commands that come before it is there', async ({ page }) => {
  const [frame] = await article(page, framed(plane));
  await frame!.waitForFunction(() => document.documentElement.classList.contains('embed'));
  for (const type of ['step', 'result']) await send(page, { denoise: 1, type });
  await expect.poll(() => told(page, 'result')).toHaveLength(1);
  expect(await value(frame!, 'steps')).toBe(1);
});

test('points that lie near together are shown, and trained by the method that takes their noise', async ({ page }) => {
  const points = [[0, 0], [0.02, 0.01], [3, 0], [0, 3]];
  const [frame] = await article(page, framed(`v=1&scene=plane&embed&points=${points.map(String).join(';')}`));
  await ready(frame!);
  await expect(frame!.locator('[data-testid^=point-]')).toHaveCount(4);
  await expect(frame!.getByTestId('note')).toBeHidden();
  const shows = async () => ((await ask(page, 'result', 'result')) as unknown as { result: { experiment: { data: unknown; training: { method: string; weight_decay: number } } } }).result.experiment;
  const { data, training } = await shows();
  expect(data).toEqual({ points });
  expect([training.method, training.weight_decay]).toEqual(['weight-decay', 1e-8]);
  await ask(page, 'set', 'shown', { experiment: { data: { preset: 'acute' } } });
  await ask(page, 'set', 'shown', { experiment: { data: { points } } });
  expect((await shows()).training.method).toBe('weight-decay');
  const refused = await ask(page, 'set', 'refused', { experiment: { data: { points }, training: { method: 'augmented-lagrangian' } } });
  expect(refused.message).toMatch(/^The noise radius is 0\.0033541; training by the augmented Lagrangian takes 0\.0127279 to 21\.2132 [^.]*\d[^]*, weight decay any\.$/);
  expect((await shows()).training.method, 'the last figure stays').toBe('weight-decay');
});

test('a thousand malformed messages change nothing and get no answer', async ({ page }) => {
  const [frame] = await article(page, framed(plane));
  await expect.poll(() => told(page, 'ready')).toHaveLength(1);
  await send(page, { denoise: 1, type: 'step' });
  await reached(frame!, 'steps', (v) => v === 1);
  await expect.poll(() => frame!.url(), 'the address follows').toMatch(/&embed&/);
  const before = [await numbers(frame!), frame!.url(), await told(page, 'refused'), await told(page, 'result')];

  const { pick, chance, whole, between } = dice(2024);
  const atoms = () => pick([null, true, 0, -1, 1e308, NaN, '', 'play', '1', '__proto__', 'constructor', between(-9, 9), 'x'.repeat(2000)]);
  const value = (depth: number): unknown => {
    if (depth === 0 || chance(0.4)) return atoms();
    if (chance(0.5)) return Array.from({ length: whole(0, 4) }, () => value(depth - 1));
    return Object.fromEntries(Array.from({ length: whole(0, 4) }, () => [pick(['type', 'experiment', 'id', 'denoise', 'data', '__proto__', 'toString']), value(depth - 1)]));
  };
  // Of another protocol or version, of no type that there is, or a command without what it needs.
  const messages = Array.from({ length: 1000 }, (): unknown => {
    const kind = whole(0, 3);
    if (kind === 0) return value(3);
    if (kind === 1) return { denoise: pick([0, 2, '1', true, null, [1]]), type: pick(['play', 'step', 'set', 'reset']), experiment: value(2) };
    if (kind === 2) return { denoise: 1, type: pick(['Play', 'toString', '__proto__', 'hasOwnProperty', 'ready', 'height', '', 5, null, ['play'], { play: 1 }]), experiment: value(2) };
    return { denoise: 1, type: 'set', id: value(2), experiment: pick([undefined, null, 5, true, NaN]) };
  });
  await page.evaluate((all) => {
    for (const data of all) document.querySelector('iframe')!.contentWindow!.postMessage(data, '*');
  }, messages);
  const { result } = (await ask(page, 'result', 'result')) as unknown as { result: { training: { step: number } } };
  expect(result.training.step).toBe(1);
  expect([await numbers(frame!), frame!.url(), await told(page, 'refused'), (await told(page, 'result')).slice(0, -1)]).toEqual(before);
});

test('trusts the page that its address names, and no other window', async ({ context }) => {
  const page = await context.newPage(); // browsers report messages for others on the console
  const named = [`?host=${encodeURIComponent(`http://localhost:${ports.host}`)}`, '?host=https://elsewhere.example', '?host=nobody', ''];
  const frames = await article(page, named.map((query) => framed(plane, query)).join(''));
  for (const frame of frames) {
    await page.evaluate((n) => document.querySelectorAll('iframe')[n]!.scrollIntoView(), frames.indexOf(frame));
    await ready(frame);
  }
  for (const n of [0, 1, 2]) await send(page, { denoise: 1, type: 'step' }, n);
  // A frame beside it is not the page around it, even where the address names nobody.
  await frames[1]!.evaluate(() => [0, 3].forEach((n) => window.parent.frames[n]!.postMessage({ denoise: 1, type: 'step' }, '*')));
  await page.evaluate(() => scrollTo(0, 0));
  await reached(frames[0]!, 'steps', (v) => v === 1);
  await ask(page, 'result', 'result');
  expect(await value(frames[0]!, 'steps')).toBe(1);
  for (const frame of frames.slice(1)) expect(await value(frame, 'steps')).toBe(0);
  expect(await told(page, 'ready'), 'of those that trust this page').toHaveLength(2);
});

test('computes only while it is seen', async ({ page }) => {
  const space = '<div style="height:3000px"></div>';
  const body = Array.from({ length: 4 }, () => framed(`v=1&scene=line&${endless}&play&embed`) + space).join('');
  const frames = await article(page, body);
  await reached(frames[0]!, 'steps', (v) => v > 2);
  for (const frame of frames.slice(1)) expect(await frame.getByTestId('steps').getAttribute('data-value')).toBe('');
  expect(await told(page, 'ready')).toHaveLength(1);

  await page.evaluate(() => document.querySelectorAll('iframe')[3]!.scrollIntoView());
  await reached(frames[3]!, 'steps', (v) => v > 2);
  await expect(frames[0]!.getByTestId('play')).toHaveText('Train');
  const still = await value(frames[0]!, 'steps');
  await reached(frames[3]!, 'steps', (v) => v > 6);
  expect(await value(frames[0]!, 'steps')).toBe(still);
  await send(page, { denoise: 1, type: 'pause' }, 3);
  await page.evaluate(() => scrollTo(0, 0));
  await reached(frames[0]!, 'steps', (v) => v > still);
  await page.evaluate(() => document.querySelectorAll('iframe')[3]!.scrollIntoView());
  await expect(frames[3]!.getByTestId('play'), 'what was paused stays so').toHaveText('Train');
});

test('of twenty frames only those in view compute, wherever the page is scrolled', async ({ page }) => {
  const count = 20;
  const frames = await article(page, framed('v=1&scene=plane&preset=obtuse&width=100&samples=100&schedule=10000000&play&embed').replace('data-denoise', '').replace('height="300"', 'height="600"').repeat(count)); // of one height
  const inView = () => page.evaluate(() => [...document.querySelectorAll('iframe')].map((f) => f.getBoundingClientRect()).flatMap(({ top, bottom }, n) => (bottom > 0 && top < innerHeight ? [n] : [])));
  /** How many messages of progress each frame has sent so far. */
  const progress = () =>
    page.evaluate((n) => {
      const { told, from } = window as unknown as Told;
      return Array.from({ length: n }, (_, frame) => told.filter(({ type }, i) => type === 'progress' && from[i] === frame).length);
    }, count);
  const further = async (shown: number[], by: number) => {
    const before = await progress();
    await expect.poll(async () => (await progress()).every((now, n) => !shown.includes(n) || now >= before[n]! + by)).toBe(true);
  };
  const seen = new Set<number>();
  for (const to of [0, 19, 10, 9, 0]) {
    await page.evaluate((n) => document.querySelectorAll('iframe')[n]!.scrollIntoView(), to);
    const shown = await inView();
    expect(shown.length).toBeLessThanOrEqual(3);
    shown.forEach((n) => seen.add(n));
    // A busy browser tells a frame late that it is out of view.
    await expect(async () => {
      const before = await progress();
      await further(shown, 3);
      const after = await progress();
      expect(after.flatMap((now, n) => (now > before[n]! ? [n] : [])), `scrolled to frame ${to}`).toEqual(shown);
    }).toPass({ timeout: 60_000 });
    for (const n of seen) await expect(frames[n]!.getByTestId('play')).toHaveText(shown.includes(n) ? 'Pause' : 'Train');
  }
  const [readied, workers] = [await page.evaluate(() => (window as unknown as Told).from.filter((_, i) => (window as unknown as Told).told[i]!.type === 'ready')), page.workers().length];
  expect(readied.toSorted((a, b) => a - b), 'no other has begun').toEqual([...seen].toSorted((a, b) => a - b));
  expect(workers, 'two to a frame: what trains and what proves').toBeLessThanOrEqual(2 * seen.size);
});

test('the host’s script is under a kilobyte, and foreign messages move nothing', async ({ page }) => {
  expect(hostScript.length).toBeLessThan(1000);
  const other = '<iframe data-denoise="https://elsewhere.example" srcdoc="<script>parent.postMessage({denoise:1,type:\'height\',height:77},\'*\')</script>" height="200" title="other"></iframe>';
  await article(page, other);
  await expect.poll(() => told(page, 'height')).toHaveLength(1);
  for (const height of [77, -1, 1e9, NaN, '400']) await page.evaluate((h) => window.postMessage({ denoise: 1, type: 'height', height: h }, '*'), height);
  await expect.poll(() => told(page, 'height')).toHaveLength(6);
  expect(await page.locator('iframe').evaluate((frame: HTMLElement) => frame.style.height)).toBe('');
});
