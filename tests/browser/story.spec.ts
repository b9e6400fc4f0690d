// The story: walked by scroll, by links and by keyboard; on a phone, on paper, without scripts, with less
// motion; and the ways between it and the laboratory.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { chapters, type Chapter } from '../../web/story/chapters';
import { expect, ready, test, violations } from './page';

// Only so does the first chapter train by itself.
test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const numbers = JSON.parse(readFileSync(new URL('../../web/story/stills/numbers.json', import.meta.url), 'utf8')) as Record<string, Record<string, string>>;
const moved = 'ninety'; // whose state follows the scrolling

const figure = (page: Page) => page.getByTestId('story-figure');
const section = (page: Page, id: string) => page.getByTestId(`chapter-${id}`);
const live = (page: Page, id: string, name: string) => section(page, id).getByTestId(`live-${name}`).first();
const link = (page: Page, id: string) => page.locator(`.contents a[href="#story=${id}"]`);

async function begin(page: Page, hash = ''): Promise<void> {
  await page.goto(`./${hash}`);
  await expect(figure(page)).not.toHaveAttribute('data-shows', '');
}

/** Where the text of this chapter is read. */
const scrollTo = (page: Page, id: string) => section(page, id).evaluate((element) => element.scrollIntoView());

/** The figure has the chapter's state, and its text the numbers of it; those of a run only where it is waited for. */
async function shows(page: Page, { id, state, trains }: Chapter, waits = false): Promise<void> {
  await expect(figure(page)).toHaveAttribute('data-shows', id);
  await expect(page.locator('.contents a[aria-current]')).toHaveAttribute('href', `#story=${id}`);
  if (id === moved) return;
  await expect(page.getByTestId(`laboratory-${id}`)).toHaveAttribute('href', `#${state}`);
  if (trains && !waits) return;
  if (trains) await expect(figure(page)).not.toHaveAttribute('data-rest', '');
  for (const [name, text] of Object.entries(numbers[id]!)) await expect(live(page, id, name), `${name} of ${id}`).toHaveText(text);
}

test('scrolled through: each chapter has its figure and its numbers, and nothing jumps', async ({ page }) => {
  await page.addInitScript(() => {
    const seen = { shift: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await begin(page);
  expect(new URL(page.url()).hash, 'the beginning has no address of its own').toBe('');
  for (const chapter of chapters) {
    await scrollTo(page, chapter.id);
    await shows(page, chapter, true);
    if (chapter !== chapters[0]) await expect(page).toHaveURL(new RegExp(`#story=${chapter.id}$`));
  }
  expect(await page.evaluate(() => history.length), 'scrolling adds nothing to the history').toBeLessThanOrEqual(2);
  expect(await page.evaluate(() => (window as unknown as { seen: { shift: number } }).seen.shift)).toBeLessThan(0.02);
});

test('by its links, back and forward', async ({ page }) => {
  await begin(page);
  for (const chapter of chapters) {
    await link(page, chapter.id).click();
    await expect(section(page, chapter.id)).toBeInViewport();
    await shows(page, chapter);
  }
  await page.goBack();
  await shows(page, chapters.at(-2)!);
  await expect(section(page, chapters.at(-2)!.id).locator('h2')).toBeInViewport();
  await page.goForward();
  await shows(page, chapters.at(-1)!);
});

test('by keyboard: the list of chapters, the space bar scrolls, what is focused has its figure', async ({ page }) => {
  await begin(page);
  for (const chapter of chapters) {
    await link(page, chapter.id).focus();
    await page.keyboard.press('Enter');
    await shows(page, chapter);
    // From a chapter's link the focus goes on into its text.
    if (chapter.acts.length === 0) continue;
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.chapter')?.id)).toBe(`story=${chapter.id}`);
  }
  await page.goto('about:blank');
  await begin(page, '#story=bends');
  await shows(page, chapters[1]!);
  await page.locator('body').press(' ');
  await shows(page, chapters[2]!);
  await page.waitForTimeout(500); // the browser scrolls smoothly
  await page.getByTestId('story-middle').focus();
  await expect(figure(page)).toHaveAttribute('data-shows', 'bends');
  const least = await live(page, 'bends', 'least').innerText();
  await page.keyboard.press('ArrowRight');
  await expect(live(page, 'bends', 'slopes')).not.toHaveText(numbers.bends!.slopes!);
  expect(await live(page, 'bends', 'least').innerText()).not.toBe(least);
});

test('the apex rises as one scrolls, through ninety degrees, and stays where it is put by hand', async ({ page }) => {
  await begin(page, `#story=${moved}`);
  const angle = live(page, moved, 'apex');
  const cost = live(page, moved, 'least');
  await expect(angle).toHaveText('110°');
  await expect(figure(page).getByTestId('badge')).toContainText('ramps along edges');
  await page.mouse.move(300, 500);
  const costs: number[] = [];
  for (let i = 0; i < 60 && (await angle.innerText()) !== '60°'; ++i) {
    await page.mouse.wheel(0, 40);
    await page.waitForTimeout(30);
    costs.push(Number(await cost.innerText()));
  }
  await page.mouse.wheel(0, 120); // to the whole of 60 degrees
  await expect(angle).toHaveText('60°');
  await expect(figure(page).getByTestId('badge')).toContainText(/Equilateral triangle.*theorem/s);
  expect(new Set(costs).size).toBeGreaterThan(8);
  await page.getByTestId('story-apex').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const put = await angle.innerText();
  expect(put).not.toBe('60°');
  await page.mouse.wheel(0, -40);
  await page.waitForTimeout(200);
  await expect(angle).toHaveText(put);
});

test('what is changed in a chapter stays until another is read, and goes along to the laboratory and back', async ({ page }) => {
  await begin(page, '#story=bends');
  await expect(live(page, 'bends', 'least')).toHaveText(numbers.bends!.least!);
  await section(page, 'bends').getByTestId('story-radius').fill('0.3');
  await expect(live(page, 'bends', 'least')).not.toHaveText(numbers.bends!.least!);
  await page.keyboard.press('Escape');
  await page.locator('body').press('Control+z');
  await expect(live(page, 'bends', 'least')).toHaveText(numbers.bends!.least!);
  await section(page, 'bends').getByTestId('story-radius').fill('0.3');
  await page.getByTestId('laboratory-bends').click();
  await ready(page);
  await expect(page).toHaveURL(/scene=line.*radius=0\.3/);
  expect(await page.evaluate(() => scrollY), 'the laboratory is seen from its top').toBe(0);
  await expect(page.getByTestId('undo')).toHaveAttribute('aria-disabled', 'true');
  await page.getByTestId('step').click();
  await page.goBack();
  await expect(figure(page)).toHaveAttribute('data-shows', 'bends');
  await expect(section(page, 'bends').locator('h2')).toBeInViewport();
  await page.goForward();
  await ready(page);
  await expect(page.getByTestId('radius')).toHaveValue('0.3');
  await page.getByTestId('part-story').click();
  await expect(figure(page)).toHaveAttribute('data-shows', chapters[0]!.id);
});

test('points: a shape, one more, too much noise, and the proof', async ({ page }) => {
  await begin(page, '#story=any-points');
  const least = live(page, 'any-points', 'least');
  await expect(least).toHaveText(numbers['any-points']!.least!);
  await page.getByTestId('story-pentagon').click();
  await expect(figure(page).getByTestId('badge')).toContainText('optimal among finite networks');
  const pentagon = await least.innerText();
  await page.getByTestId('proof').locator('summary').click();
  await expect(page.getByTestId('proof-text')).toContainText('no network of finitely many neurons costs less');
  await page.getByTestId('story-add').click();
  await expect(least).not.toHaveText(pentagon);
  await page.getByTestId('story-pentagon').click();
  const text = section(page, 'any-points').locator('.words');
  await expect(text).not.toContainText(/\bsix clean points/i);
  await section(page, 'any-points').getByTestId('story-radius').fill('0.57');
  await expect(figure(page).getByTestId('badge')).toContainText('No finite network');
  await expect(text).toContainText('for the points shown no finite network exists');
  await expect(text).not.toContainText(/it costs|proved to be least|Then open the proof|no network cheaper/);
  await expect(figure(page).locator('.legend')).not.toContainText('trained');
  await expect.poll(() => figure(page).locator('.arrow').count(), { message: 'arrows of an untrained network' }).toBe(0);
});

test('points that no finite network denoises have no proof to open', async ({ page }) => {
  await begin(page, '#story=any-points');
  await page.getByTestId('story-pentagon').click();
  await expect(page.getByTestId('proof').locator('summary')).toBeVisible();
  const onward = page.getByTestId('laboratory-any-points');
  const { y } = (await onward.boundingBox())!;
  await section(page, 'any-points').getByTestId('story-radius').fill('0.57');
  await expect(page.getByTestId('proof').locator('summary')).toBeHidden();
  await expect(page.getByTestId('story-radius').first()).toBeVisible();
  expect(Math.abs((await onward.boundingBox())!.y - y)).toBeLessThan(20);
  await page.getByTestId('story-hexagon').click();
  await expect(page.getByTestId('proof').locator('summary')).toBeVisible();
});

test('a gap is of the run that is shown, and unknown until that one is certified', async ({ page }) => {
  await begin(page, '#story=regularisation');
  await expect(figure(page)).toHaveAttribute('data-shows', 'regularisation');
  const gap = live(page, 'regularisation', 'gap');
  await page.getByTestId('story-decay').click();
  await expect(gap).toHaveText(/%/, { timeout: 60_000 });
  await page.getByTestId('story-lagrangian').click();
  await expect(gap).toHaveText('–', { timeout: 1000 });
  await expect(figure(page)).toHaveAttribute('data-rest', '');
  await expect(gap).toHaveText(/%/, { timeout: 60_000 });
  await expect(figure(page)).not.toHaveAttribute('data-rest', '');
});

test('each way to train is spoken of as what it is, also from elsewhere; on paper the first is', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await begin(page, '#story=regularisation');
  const words = section(page, 'regularisation').locator('.words');
  const unpriced = /have no price.*without a price on the weights \(vermilion\)/s;
  await expect(words).toContainText(unpriced);
  await expect(words.getByTestId('live-gap'), 'nothing is certified where weights have no price').toHaveCount(0);
  const buttons = words.getByTestId('story-free');
  const at = (await buttons.boundingBox())!.y;
  for (const [name, said] of [
    ['decay', /a small price, weight decay.*an exact fit takes 5\.4545.*trained with weight decay/s],
    ['lagrangian', /now the augmented Lagrangian.*of the theorem has 5\.4545.*trained by the augmented Lagrangian/s],
  ] as const) {
    await page.getByTestId(`story-${name}`).click();
    await expect(words).toContainText(said);
    await expect(words).not.toContainText(/have no price|many cross/);
    await expect(words.getByTestId('live-gap')).toHaveCount(1);
    expect(Math.abs((await buttons.boundingBox())!.y - at), 'the buttons stay where they are').toBeLessThan(1);
  }
  await scrollTo(page, 'any-points');
  await expect(figure(page)).toHaveAttribute('data-shows', 'any-points');
  await expect(words).toContainText(/now the augmented Lagrangian/);
  await page.emulateMedia({ media: 'print' });
  await expect(words).toContainText(unpriced);
  await expect(live(page, 'regularisation', 'cost')).toHaveText(numbers.regularisation!.cost!);
});

test('the button that moves training says what it would do', async ({ page }) => {
  // The page's time is given out in parts, so that training in its worker is ahead of what plays on any machine.
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
  await page.goto('./');
  const button = page.getByTestId('chapter-question').getByTestId('story-train');
  const comes = async (shown: Locator, text: string) => {
    for (let part = 0; !(await shown.allTextContents()).includes(text); ++part) {
      expect(part, `parts of time until "${text}"`).toBeLessThan(300);
      await page.clock.runFor(40);
      await new Promise((wake) => setTimeout(wake, 25));
    }
  };
  await comes(button, 'Pause');
  await comes(button, 'To the end');
  await button.click();
  await comes(button, 'Train again');
  await comes(live(page, 'question', 'steps'), '20,000 steps');
  await page.getByTestId('chapter-question').getByTestId('story-seed').click();
  await comes(button, 'To the end');
  await comes(button, 'Train again');
  await button.click();
  await comes(button, 'To the end');
});

test('a distance is not spoken of while it is unknown', async ({ page }) => {
  await page.addInitScript(() => {
    const said = new Set<string>();
    Object.assign(window, { said });
    const look = () => {
      const text = document.querySelector('[data-testid=chapter-question] .words > p + p')?.textContent;
      if (text) said.add(text);
    };
    new MutationObserver(look).observe(document, { childList: true, characterData: true, subtree: true });
  });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await begin(page);
  const train = page.getByTestId('chapter-question').getByTestId('story-train');
  await train.click();
  await expect(figure(page)).toHaveAttribute('data-rest', 'converged');
  const point = figure(page).getByTestId('point-1');
  for (let i = 0; i < 4; ++i) await point.press('ArrowUp');
  await expect(live(page, 'question', 'distance')).toHaveText(/%/);
  const said = await page.evaluate(() => [...(window as unknown as { said: Set<string> }).said]);
  expect(said.filter((text) => text.includes('differs by –'))).toEqual([]);
  expect(said.some((text) => text.includes('is being measured'))).toBe(true);
});

test('the names of blended pictures stand beneath them', async ({ page }) => {
  await begin(page, '#story=digits');
  const row = (await page.getByTestId('story-blended').boundingBox())!;
  const names = page.locator('.blend .names span');
  for (let i = 0; i < 3; ++i) expect(Math.abs((await names.nth(i).boundingBox())!.x - (row.x + (30 / 88) * i * row.width))).toBeLessThan(1);
});

test('where less motion is asked for nothing trains or moves unasked', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await begin(page);
  await expect(live(page, 'question', 'steps')).toHaveText('0 steps');
  await page.waitForTimeout(500);
  await expect(figure(page)).toHaveAttribute('data-rest', '');
  await page.getByTestId('chapter-question').getByTestId('story-train').click();
  await expect(figure(page)).toHaveAttribute('data-rest', 'converged');
  await expect(live(page, 'question', 'distance')).toHaveText(numbers.question!.distance!);
});

test('a hash that names no chapter is the laboratory’s, one that names an unknown one begins the story', async ({ page }) => {
  await page.goto('./#preset=acute');
  await ready(page);
  await expect(page.getByTestId('badge')).toBeVisible();
  await expect(page.locator('.chapter')).toHaveCount(0);
  await page.goto('about:blank');
  await begin(page, '#story=no-such');
  await expect(figure(page)).toHaveAttribute('data-shows', chapters[0]!.id);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing for axe to find fault with, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await begin(page);
    for (const id of ['question', 'contraction', 'risk', 'ramps', 'training', 'digits', 'flow']) {
      await link(page, id).click();
      await expect(figure(page)).toHaveAttribute('data-shows', id);
      expect(await violations(page), id).toEqual([]);
    }
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('the figure is in view with the text of each chapter, and leaves it room', async ({ page }) => {
    await begin(page);
    for (const { id } of chapters) {
      await scrollTo(page, id);
      await expect(figure(page)).toHaveAttribute('data-shows', id);
      await expect(section(page, id).locator('h2')).toBeInViewport({ ratio: 1 });
      const drawn = (await figure(page).locator('svg[data-figure], .pictures').first().boundingBox())!;
      const heading = (await section(page, id).locator('h2').boundingBox())!;
      expect(drawn.height, id).toBeGreaterThan(180);
      expect(drawn.y + drawn.height, 'the figure ends above 45 % of the height').toBeLessThan(0.45 * 844);
      expect(heading.y, 'the text begins below it').toBeGreaterThanOrEqual(drawn.y + drawn.height);
    }
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, input, .contents a, .parts a, .onward, summary')]
        .filter((e) => e.checkVisibility())
        .map((e) => ({ name: e.dataset.testid ?? e.textContent, box: e.getBoundingClientRect() }))
        .filter(({ box }) => box.height < 23.9 || box.width < 23.9)
        .map(({ name, box }) => `${name}: ${box.width} x ${box.height}`),
    );
    expect(small).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

test('printed: text and a still picture of each chapter, nothing that is pressed', async ({ page }) => {
  await begin(page);
  await page.emulateMedia({ media: 'print' });
  for (const { id, title, picture } of chapters) {
    await expect(section(page, id).getByRole('heading', { name: title })).toBeVisible();
    const still = section(page, id).getByRole('img', { name: picture });
    await still.scrollIntoViewIfNeeded();
    await expect(still).toBeVisible();
    await expect.poll(() => still.evaluate((image: HTMLImageElement) => image.naturalWidth), { message: id }).toBeGreaterThan(100);
  }
  await expect(page.locator('button:visible, input:visible, nav:visible')).toHaveCount(0);
});

test('without JavaScript: the text, its numbers and a still picture of each chapter', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto('./');
  await page.getByRole('link', { name: /story of these denoisers/ }).click();
  for (const { id, title, picture, leavesOut } of chapters) {
    const chapter = page.locator(`#${id}`);
    await expect(chapter.getByRole('heading', { name: title })).toBeVisible();
    await expect(chapter).toContainText(leavesOut);
    const still = chapter.getByRole('img', { name: picture });
    await still.scrollIntoViewIfNeeded();
    await expect(still).toBeVisible();
    expect((await still.boundingBox())!.height, id).toBeGreaterThan(150);
    for (const name of ['least', 'distance']) if (numbers[id]![name] !== undefined) await expect(chapter).toContainText(numbers[id]![name]!);
  }
  await expect(page.locator('main')).not.toContainText('{');
  await context.close();
});
