// Risk against the noise level: the page's numbers are the command's, and the plot is in the link, the table
// and the story.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, loaded, open, reached, test, value, violations } from './page';

const program = process.env.DENOISE_COMMAND ?? fileURLToPath(new URL('../../build/native/cli/denoise', import.meta.url));

interface Level {
  level: number;
  denoiser: { value: number };
  empirical_mmse: { value: number };
  exact_mmse: { value: number };
}

/** The command's report of the closed form with this noise radius. */
function reported(points: number[], radius: number, levels: number[]): Level[] {
  const document = { version: 1, data: { points: points.map((p) => [p]) }, noise: { radius }, denoiser: { kind: 'closed-form' }, report: ['risk'], risk: { levels } };
  const { status, stdout, stderr } = spawnSync(program, ['run', '-'], { input: JSON.stringify(document), encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return (JSON.parse(stdout) as { risk: { levels: Level[] } }).risk.levels;
}

const near = (found: number, expected: number) => expect(Math.abs(found / expected - 1), `${found}, expected ${expected}`).toBeLessThan(1e-9);
const risk = (page: Page, name: string) => reached(page, `risk-${name}`, (v) => v > 0);

test('the risks are those of the command, at the marked level and along the curves', async ({ page }) => {
  const points = [-1, -0.4, 0.1, 0.5, 1.2];
  await open(page, `scene=line&points=${points.join(';')}&radius=0.07&width=20&samples=5&risk=0.12`);
  await loaded(page);
  const [own] = reported(points, 0.07, [0.12]);
  const [least] = reported(points, 0.12, [0.12]);
  near(await risk(page, 'reference'), own!.denoiser.value);
  near(await risk(page, 'least-cost'), least!.denoiser.value);
  near(await risk(page, 'empirical-mmse'), own!.empirical_mmse.value);
  near(await risk(page, 'exact-mmse'), own!.exact_mmse.value);
  await risk(page, 'trained');
  await expect(page.locator('.risk-figure .curve')).toHaveCount(5, { timeout: 60_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('download-risk').click()]);
  const rows = readFileSync(await download.path(), 'utf8').trim().split('\n').filter((line) => !line.startsWith('#')).slice(1).map((line) => line.split(','));
  const empirical = rows.filter(([name]) => name === 'empirical-mmse');
  expect(empirical).toHaveLength(29);
  const expected = reported(points, 0.07, empirical.map(([, sigma]) => Number(sigma)));
  empirical.forEach(([, , found], i) => near(Number(found), expected[i]!.empirical_mmse.value));
});

test('opened it is in the link, the slider moves its level, closed it is gone; nothing is fetched', async ({ page }) => {
  await open(page, 'scene=line&preset=line-5&width=20&samples=5');
  await loaded(page);
  await page.getByTestId('risk').locator('summary').click();
  await expect(page).toHaveURL(/risk=0\.06/);
  const before = await risk(page, 'empirical-mmse');
  expect(await violations(page)).toEqual([]);
  await page.getByTestId('risk-sigma').press('ArrowRight');
  await reached(page, 'risk-empirical-mmse', (v) => v > 0 && v !== before);
  await page.getByTestId('risk-sigma').press('End');
  await expect(page.getByTestId('risk-least-cost')).toHaveText('–');
  await expect(page.locator('.risk [role=status]')).toContainText('balls of radius σ touch');
  await expect(page).toHaveURL(/risk=0\.5/);
  const link = page.url();
  const far = await risk(page, 'exact-mmse');
  await page.goto('about:blank');
  await page.goto(link);
  await loaded(page);
  expect(await risk(page, 'exact-mmse')).toBe(far);
  await page.getByTestId('risk').locator('summary').click();
  await expect(page).not.toHaveURL(/risk=/);
  await page.goto('about:blank');
  await open(page, 'scene=line&risk=1e-300');
  await expect(page.locator('.risk [role=status]')).toContainText('The noise level is 1e-300; beside these clean points a risk needs at least');
  expect(await value(page, 'risk-exact-mmse')).toBeNaN();
});

test('in the story: the numbers of the text, and the order turns with more noise', async ({ page }) => {
  await page.goto('./#story=risk');
  const live = (name: string) => page.getByTestId('chapter-risk').getByTestId(`live-${name}`);
  await expect(live('risk-empirical')).toHaveText('0.0209');
  await expect(live('risk-least')).toHaveText('0.0033');
  await expect(live('risk-best')).toHaveText('0.0024');
  await expect(live('wide-empirical')).toHaveText('0.0368');
  await expect(live('wide-least')).toHaveText('0.0503');
  await expect(live('wide-best')).toHaveText('0.0328');
  await page.getByTestId('story-third').focus();
  await page.getByTestId('story-third').press('End');
  await expect(live('risk-empirical')).not.toHaveText('0.0209');
  await page.getByTestId('story-sigma').press('End');
  await expect(live('risk-least')).toHaveText('not defined');
});
