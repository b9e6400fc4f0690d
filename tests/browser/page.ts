// What every test of the page uses: a page that must stay free of console errors and, once it is
// ready, of requests; and ways to read its numbers.
import { createRequire } from 'node:module';
import { test as base, expect, type Frame, type Page } from '@playwright/test';

type Where = Page | Frame;

export const test = base.extend<{ watched: void }>({
  watched: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
      });
      page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
      page.on('requestfailed', (request) => {
        // The page aborts nothing itself: a test that leaves it does, while the last files come.
        if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed request: ${request.url()}`);
      });
      await use();
      expect(complaints, 'nothing on the console, nothing thrown').toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };

/** Opens the laboratory at a hash and waits until its first snapshot is shown. */
export async function open(page: Page, hash = ''): Promise<void> {
  await page.goto(`./#${hash || 'scene=plane'}`);
  await ready(page);
}

export async function ready(where: Where): Promise<void> {
  await expect(where.getByTestId('steps')).not.toHaveAttribute('data-value', '', { timeout: 30_000 });
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds fault with, each with the places and why. */
export async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const result = await axe.run();
    return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join(' | ')}`);
  });
}

/** What comes when the first figure is drawn: the digits, what proves, and what other scenes draw with. */
export const later = /mnist|minimum_cost|prover|flow_view|images_view|proof|bands|story|scrubber|laboratory|tables|compare|cobweb|sketches|pinned-|ramps-|csv-|flows-|rolldown-runtime|probe_table|_parts|document-/;

/** Waits until a page of the site has fetched all that it ever will. */
export async function loaded(where: Where): Promise<void> {
  await ready(where);
  const there = () => {
    const parts = ['mnist', 'minimum_cost.*wasm', 'flow_view.*js', 'images_view.*js', 'plane_parts.*js', 'line_parts.*js'];
    if (!/\bembed\b/.test(location.hash)) parts.push('story.*js', 'laboratory.*js');
    return parts.every((part) => performance.getEntriesByType('resource').some(({ name }) => RegExp(part).test(name)));
  };
  await expect.poll(() => where.evaluate(there), { timeout: 30_000 }).toBe(true);
}

/** The exact number of a readout; NaN while it is unknown. */
export async function value(where: Where, name: string): Promise<number> {
  const text = await where.getByTestId(name).getAttribute('data-value');
  return text === null || text === '' ? NaN : Number(text);
}

/** Waits until a readout's number is as it should be; returns it. */
export async function reached(where: Where, name: string, good: (v: number) => boolean, timeout = 60_000): Promise<number> {
  await expect(async () => {
    const now = await value(where, name);
    expect(good(now), `${name} is ${now}`).toBe(true);
  }).toPass({ timeout, intervals: [50] });
  return value(where, name);
}

/** Takes n single steps, waiting for each. */
export async function steps(where: Where, n: number): Promise<void> {
  for (let i = 1; i <= n; ++i) {
    const before = await value(where, 'steps');
    await where.getByTestId('step').click();
    await reached(where, 'steps', (v) => v === before + 1, 20_000);
  }
}

/** For a link: training of thousands of slow steps, which no test can come too late for. */
export const endless = 'width=2000&samples=2000&schedule=10000000';

/** Pauses training; where it rests already, the button would start it again and is left alone. */
export async function pause(where: Where): Promise<void> {
  await where.getByTestId('play').evaluate((button: HTMLElement) => {
    if (button.getAttribute('aria-pressed') === 'true') button.click();
  });
  await expect(where.getByTestId('play')).toHaveAttribute('aria-pressed', 'false');
}

/** Waits until the number of steps stands still; returns it. */
export async function held(where: Where): Promise<number> {
  let last = NaN;
  await expect(async () => {
    const before = last;
    last = await value(where, 'steps');
    expect(last).toBe(before);
  }).toPass({ timeout: 60_000, intervals: [500] });
  return last;
}

/** Requests of the page from now on, whether or not a cache answers them. */
export function requests(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    if (/^(https?|file|ws)/.test(request.url())) seen.push(request.url());
  });
  return seen;
}

/** The readouts that must be the same wherever the page runs. */
export async function numbers(where: Where): Promise<Record<string, string>> {
  const names = ['steps', 'loss', 'residual', 'cost', 'formula-cost', 'sup-distance', 'sup-relative'];
  const read = await Promise.all(names.map((name) => where.getByTestId(name).getAttribute('data-value')));
  return Object.fromEntries(names.map((name, i) => [name, read[i] ?? 'absent']));
}

/** Notes a measured figure in the report; nothing is asserted of times. */
export function note(type: string, description: string): void {
  base.info().annotations.push({ type, description });
  console.log(`    ${type}: ${description}`);
}
