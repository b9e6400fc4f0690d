// Remakes the pictures of docs/gallery: the scenes after training, and the flow at its end, on a desk and on a phone,
// light and dark, and each chapter of the story on a desk and on a phone. Needs the built site
// (npm run build): node scripts/gallery.mjs [story | scene ...]
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium as browsers } from 'playwright-core';
import { chromium, chromiumFlags } from '../tests/browser/chromium.mjs';
import { base, listen, ports } from '../tests/browser/server.mjs';
import { chaptersOf, readTo } from './story_figure.mjs';

const folder = fileURLToPath(new URL('../docs/gallery/', import.meta.url));
const scenes = {
  line: { hash: 'v=1&scene=line&preset=line-5', done: { converged: true } },
  plane: { hash: 'v=1&scene=plane&preset=acute', done: { converged: true } },
  risk: { hash: 'v=1&scene=line&preset=line-5&risk=0.05', done: { converged: true }, at: '.risk' },
  flow: { hash: 'v=1&scene=flow&preset=right', done: { flow: true } },
  images: {
    hash: 'v=1&scene=images&images=73,76,247,256,367,368,625,635,853,858&noise=gaussian&method=augmented-lagrangian&subspace',
    done: { steps: 4000 },
  },
};
const shots = [
  { name: 'desktop', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'desktop-dark', viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
];
const storyShots = [
  { name: 'desktop', viewport: { width: 1180, height: 780 }, deviceScaleFactor: 0.6 },
  { name: 'phone', viewport: { width: 390, height: 844 }, deviceScaleFactor: 0.6 },
];
const patience = 15 * 60_000;

const wanted = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const close = listen();
const browser = await browsers.launch({ executablePath: chromium(), args: chromiumFlags });
try {
  for (const [scene, { hash, done, at }] of Object.entries(scenes)) {
    if (wanted.length > 0 && !wanted.includes(scene)) continue;
    // One page is trained, and its size and colours change: the same network in every picture.
    const page = await browser.newPage({ viewport: shots[0].viewport, reducedMotion: 'reduce' }); // runs are shown at once
    await page.goto(`http://localhost:${ports.site}${base}#${hash}${done.flow ? '' : '&play'}`);
    await page.waitForFunction(
      ({ converged, steps, flow }) => {
        if (flow) return document.querySelector('[data-testid=flow-play]')?.textContent === 'Play again';
        if (converged) return document.querySelector('[data-testid=status]')?.textContent === 'Converged';
        return Number(document.querySelector('[data-testid=steps]')?.dataset.value) >= steps;
      },
      done,
      { timeout: patience, polling: 200 },
    );
    const play = page.getByTestId('play');
    if ((await play.getAttribute('aria-pressed')) === 'true') await play.click();
    for (const { name, viewport, colorScheme } of shots) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(viewport);
      await page.evaluate((place) => {
        document.activeElement?.blur();
        scrollTo(0, 0);
        if (place) document.querySelector(place).scrollIntoView();
      }, at);
      await page.mouse.move(1, 1);
      await page.waitForTimeout(1000);
      await page.screenshot({ path: `${folder}${scene}-${name}.png` });
      console.log(`${scene}-${name}.png`);
    }
    await page.close();
  }
  if (wanted.length === 0 || wanted.includes('story')) {
    for (const { name, viewport, deviceScaleFactor } of storyShots) {
      const page = await browser.newPage({ viewport, deviceScaleFactor });
      const chapters = await chaptersOf(page, `http://localhost:${ports.site}${base}`);
      for (const id of chapters) {
        await readTo(page, id);
        await page.evaluate(() => document.activeElement?.blur());
        await page.mouse.move(1, 1);
        await page.screenshot({ path: `${folder}story-${id}-${name}.jpg`, type: 'jpeg', quality: 50 });
        console.log(`story-${id}-${name}.jpg`);
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
  close();
}
