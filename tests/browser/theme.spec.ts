// Light or dark: as the reader's browser is, or as an author has pinned it; on paper light.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Frame, Page } from '@playwright/test';
import { expect, ready, test, violations } from './page';
import { ports } from './server.mjs';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const site = `http://localhost:${ports.site}/some/sub/path/`;
const [light, dark] = ['rgb(253, 253, 251)', 'rgb(20, 22, 26)'];

const ground = (where: Page | Frame) => where.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

for (const reader of ['light', 'dark'] as const) {
  test(`a frame and a file are as their address says, where the reader’s browser is ${reader}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: reader });
    const folder = mkdtempSync(join(tmpdir(), 'denoise-theme-'));
    const file = join(folder, 'figure.html');
    execFileSync(process.env.DENOISE_COMMAND ?? here('../../build/native/cli/denoise'), ['figure', '-', '-o', file, '--template', here('../../dist-figure/figure.html')], { input: '{"version":1,"data":{"preset":"line-3"}}' });
    for (const [query, expected] of [['', { light, dark }[reader]], ['?theme=light', light], ['?theme=dark', dark], ['?theme=blue', { light, dark }[reader]]] as const) {
      await page.goto(pathToFileURL(file).href + query);
      await ready(page);
      expect(await ground(page), `file ${query}`).toBe(expected);
      await page.goto(`${site}${query}#v=1&scene=line&embed`);
      await ready(page);
      expect(await ground(page), `frame ${query}`).toBe(expected);
    }
    await page.goto(`${site}?theme=dark#v=1&scene=line&embed`);
    await ready(page);
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    expect(await ground(page), 'on paper').toBe(light);
    rmSync(folder, { recursive: true });
  });

  test(`an element is as the document around it, or as it is told, where the reader’s browser is ${reader}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: reader });
    const figure = (more: string) => `<minimum-norm-denoiser experiment='{"data":{"preset":"line-3"}}' ${more}></minimum-norm-denoiser>`;
    const figures: Record<string, string> = { '': light, 'style="color-scheme:dark"': dark, 'style="color-scheme:light dark"': { light, dark }[reader], 'theme="dark"': dark, 'theme="light" style="color-scheme:dark"': dark };
    const html = `<!doctype html><html lang="en"><title>A paper</title><link rel="icon" href="data:,"><script type="module">import 'http://localhost:${ports.site}/package/element.js'</script><body>${Object.keys(figures).map(figure).join('')}<div style="color-scheme:dark">${figure('')}${figure('theme="light"')}</div></body></html>`;
    await page.goto(`http://localhost:${ports.host}/article?${encodeURIComponent(html)}`);
    const grounds = () => page.locator('minimum-norm-denoiser').evaluateAll((all) => all.map((element) => getComputedStyle(element).backgroundColor));
    await expect.poll(grounds).toEqual([...Object.values(figures), dark, light]);
    const first = page.locator('minimum-norm-denoiser').first();
    await expect(first.locator('svg[data-figure] .point')).toHaveCount(3);
    await first.evaluate((element) => element.setAttribute('theme', 'dark'));
    await expect.poll(async () => (await grounds())[0]).toBe(dark);
    expect(await first.evaluate((element: HTMLElement & { svg(): string }) => element.svg()), 'its file too').toContain('fill="#14161a"');
  });
}
