// Without scripts, without WebAssembly, on paper: what is left is useful and says what is missing.
import { expect, open, test } from './page';
import { ports } from './server.mjs';

test('without JavaScript: a figure, what it shows, and what the page needs', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`http://localhost:${ports.site}/some/sub/path/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const poster = page.getByRole('img', { name: /Three clean points/ });
  await expect(poster).toBeInViewport({ ratio: 1 });
  expect((await poster.boundingBox())!.height).toBeGreaterThan(0.5 * 900);
  await expect(page.locator('.caption')).toBeInViewport({ ratio: 1 });
  await expect(page.locator('.caption')).toHaveText(/theorem, Zeno et al\. 2023.*5\.4545.*JavaScript and WebAssembly/s);
  await context.close();
});

test('under a policy that forbids WebAssembly: one sentence, and no button that does nothing', async ({ context }) => {
  const page = await context.newPage(); // browsers report what a policy forbids on the console
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.message));
  await page.goto(`http://localhost:${ports.site}/strict/#scene=plane`);
  await expect(page.getByTestId('note')).toHaveText(/^This page computes with WebAssembly, which .* forbids .*'wasm-unsafe-eval'\)\.$/);
  for (const name of ['play', 'step', 'reset', 'new-seed']) await expect(page.getByTestId(name)).toBeDisabled();
  await expect(page.getByTestId('badge')).not.toContainText('Loading');
  await page.keyboard.press(' ');
  await expect(page.getByTestId('play')).toHaveText('Train');
  expect(thrown).toEqual([]);
  await page.close();
});

test('a print carries the settings and the address', async ({ page }) => {
  await open(page, 'v=1&scene=plane&preset=obtuse&width=77&noise=gaussian&level=0.05&seed=3');
  const printed = page.getByTestId('on-paper');
  await expect(printed).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(printed).toBeVisible();
  await expect(printed).toContainText('preset obtuse');
  await expect(printed).toContainText('Gaussian of level 0.05, fixed; 80 samples a point');
  await expect(printed).toContainText('augmented Lagrangian; width 77, learning rate 0.01, schedule of 20,000 steps, seed 3');
  await expect(printed).toContainText(/#v=1&scene=plane&preset=obtuse&.*width=77/);
});
