// Remakes the still pictures of the story's chapters and the numbers of their texts, web/story/stills:
// each as the page shows it when its figure has come to rest. Needs the built site; what is built after
// it has them: npm run build && node scripts/stills.mjs && npm run build
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium as browsers } from 'playwright-core';
import { chromium, chromiumFlags } from '../tests/browser/chromium.mjs';
import { base, listen, ports } from '../tests/browser/server.mjs';
import { chaptersOf, readTo, stillFigure } from './story_figure.mjs';

const folder = fileURLToPath(new URL('../web/story/stills/', import.meta.url));
/** Scrolls on until the apex has this angle. */
async function scrolledTo(page, angle) {
  while ((await page.getByTestId('live-apex').textContent()) !== angle) {
    await page.mouse.wheel(0, 20);
    await page.waitForTimeout(50);
  }
}

mkdirSync(folder, { recursive: true });
const close = listen();
const browser = await browsers.launch({ executablePath: chromium(), args: chromiumFlags });
const numbers = {};
try {
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 }, colorScheme: 'light' });
  const chapters = await chaptersOf(page, `http://localhost:${ports.site}${base}`);
  for (const id of chapters) {
    await readTo(page, id);
    if (id === 'ninety') await scrolledTo(page, '90°');
    const svg = await page.evaluate(stillFigure);
    writeFileSync(`${folder}${id}.svg`, svg);
    numbers[id] = Object.fromEntries(
      await page.locator(`[data-testid=chapter-${id}] .live`).evaluateAll((all) => all.map((element) => [element.dataset.testid.replace('live-', ''), element.textContent])),
    );
    console.log(`${id}.svg ${svg.length} bytes ${JSON.stringify(numbers[id])}`);
  }
} finally {
  await browser.close();
  close();
}
writeFileSync(`${folder}numbers.json`, `${JSON.stringify(numbers, null, 1)}\n`);
