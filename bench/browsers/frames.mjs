// How the page keeps up, in headless Chromium: frames and answers while a clean point is dragged beside
// training, the first figure from a cold start, long tasks and layout shifts. Needs the built site:
//   npm run build && node bench/browsers/frames.mjs [seconds of a drag = 5] [case ...]
// CHROMIUM names another browser, PAGE_PORT another port. Times are of a machine that does nothing else.
import { chromium as browsers } from 'playwright-core';
import { chromium, chromiumFlags } from '../../tests/browser/chromium.mjs';
import { base, listen, ports } from '../../tests/browser/server.mjs';

const [seconds = '5', ...chosen] = process.argv.slice(2);
const viewport = { width: 1440, height: 900 };
const site = `http://localhost:${ports.site}${base}`;
const starts = 5; // cold ones
const sideBySide = 2; // kept runs, beside the one that goes on

const cases = {
  line: { hash: 'v=1&scene=line&preset=line-5' },
  plane: { hash: 'v=1&scene=plane&preset=acute' },
  'plane, compare with three runs': { hash: 'v=1&scene=plane&preset=equilateral', keep: true },
  'line, compare with three runs': { hash: 'v=1&scene=line&preset=line-3', keep: true },
  'plane, 6 points, minimum cost': { hash: 'v=1&scene=plane&preset=clusters&field=minimum-cost' },
  'line, risk open': { hash: 'v=1&scene=line&preset=line-5&risk=0.05' },
};

/** In the page, before anything else: notes long tasks, shifts and the first figure. */
function watch() {
  const seen = { tasks: [], shift: 0, first: NaN };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })))).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) seen.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  const drawn = new MutationObserver(() => {
    if (document.querySelector('svg[data-figure] .point') === null) return;
    drawn.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (seen.first = performance.now()); // after that frame
      port2.postMessage(null);
    });
  });
  drawn.observe(document, { childList: true, subtree: true });
}

/** In the page: from now on the frames, and how long a pointer's move takes to be on the screen. */
function follow(point) {
  const noted = { frames: [], answers: [], from: performance.now() };
  Object.assign(window, { noted });
  let last = null;
  requestAnimationFrame(function frame(now) {
    if (last !== null) noted.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  });
  let asked = null; // the first move that has no answer yet
  addEventListener('pointermove', (event) => (asked ??= event.timeStamp), { capture: true });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => noted.answers.push(performance.now() - data); // after the frame that has it
  new MutationObserver(() => {
    if (asked === null) return;
    port2.postMessage(asked);
    asked = null;
  }).observe(document.querySelector(`[data-testid=${point}]`), { attributeFilter: ['transform'] });
}

const ranked = (values, part) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(part * values.length))] ?? NaN;
const ms = (value) => value.toFixed(1);

const ready = (page) => page.waitForFunction(() => document.querySelector('[data-testid=steps]')?.dataset.value);
const rested = (page) => page.waitForFunction(() => document.querySelector('[data-testid=status]').textContent !== '', undefined, { timeout: 120_000 });

async function dragged(browser, { hash, keep }) {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(`${site}#${hash}`);
  await ready(page);
  await page.waitForLoadState('networkidle');
  for (let run = 0; keep && run < sideBySide; ++run) {
    await page.getByTestId('play').click();
    await rested(page);
    await page.getByTestId('keep').click();
    await page.getByTestId('new-seed').click();
  }
  await page.evaluate(() => scrollTo(0, 0));
  await page.getByTestId('play').click();
  const dot = await page.getByTestId('point-1').locator('.dot').boundingBox();
  const [x, y] = [dot.x + dot.width / 2, dot.y + dot.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(follow, 'point-1');
  const from = Date.now();
  for (let turn = 0; Date.now() - from < 1000 * Number(seconds); ++turn) {
    await page.mouse.move(x + 12 * Math.sin(turn / 9), y + 12 * Math.cos(turn / 9));
    await new Promise((wake) => setTimeout(wake, 6));
  }
  const { frames, answers, tasks } = await page.evaluate(() => ({ ...window.noted, tasks: window.seen.tasks.filter(({ startTime }) => startTime > window.noted.from) }));
  await page.mouse.up();
  await context.close();
  return { frames, answers, longest: Math.max(0, ...tasks.map(({ duration }) => duration)) };
}

async function cold(browser, hash) {
  const firsts = [];
  const atLoad = [];
  const later = [];
  const shifts = [];
  for (let n = 0; n < starts; ++n) {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(`${site}${hash}`);
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(1500);
    const { tasks, shift, first } = await page.evaluate(() => window.seen);
    firsts.push(first);
    shifts.push(shift);
    atLoad.push(Math.max(0, ...tasks.filter(({ startTime }) => startTime < first).map(({ duration }) => duration)));
    later.push(Math.max(0, ...tasks.filter(({ startTime }) => startTime >= first).map(({ duration }) => duration)));
    await context.close();
  }
  return { first: ranked(firsts, 0.5), atLoad: Math.max(...atLoad), later: Math.max(...later), shift: Math.max(...shifts) };
}

const wanted = (name) => chosen.length === 0 || chosen.includes(name);
const close = listen();
const browser = await browsers.launch({ executablePath: chromium(), args: chromiumFlags });
try {
  console.log(`${browser.version()}, drags of ${seconds} s\n`);
  console.log('| dragged beside training | frames | median, ms | 95 %, ms | answer, median | answer, 95 % | longest task, ms |');
  console.log('|---|---|---|---|---|---|---|');
  for (const [name, one] of Object.entries(cases).filter(([each]) => wanted(each))) {
    const { frames, answers, longest } = await dragged(browser, one);
    console.log(`| ${name} | ${frames.length} | ${ms(ranked(frames, 0.5))} | ${ms(ranked(frames, 0.95))} | ${ms(ranked(answers, 0.5))} | ${ms(ranked(answers, 0.95))} | ${longest.toFixed(0)} |`);
  }
  console.log('\nAsked: median 17, 95 % 25; answer 50 at 95 %; a task 50.\n');
  console.log(`| cold start, median of ${starts} | first figure, ms | longest task before it, ms | after it, ms | layout shift |`);
  console.log('|---|---|---|---|---|');
  for (const [name, hash] of Object.entries({ line: '#scene=line', plane: '#scene=plane', story: '' }).filter(([each]) => wanted(each))) {
    const { first, atLoad, later, shift } = await cold(browser, hash);
    console.log(`| ${name} | ${first.toFixed(0)} | ${atLoad.toFixed(0)} | ${later.toFixed(0)} | ${shift.toFixed(4)} |`);
  }
  console.log('\nAsked: first figure 500; a task 80 at load, 50 later; shift 0.02. Tasks below 50 ms are not told by the browser and count as 0.');
} finally {
  await browser.close();
  close();
}
