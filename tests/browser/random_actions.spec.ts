// What tests/page/random_actions.test.mjs does to the store, done with the page's own controls: by
// pointer, keys, the address and the browser's Back. A short run of it; the full one is
//     ACTIONS_COUNT=60 npx playwright test random_actions
// and one sequence again is ACTIONS_SEED=<seed> ACTIONS_COUNT=1.
import type { Locator, Page } from '@playwright/test';
import { dice } from '../page/dice.mjs';
import { expect, open, reached, ready, test, value } from './page';

const first = Number(process.env.ACTIONS_SEED ?? 1);
const count = Number(process.env.ACTIONS_COUNT ?? 3);
const actionsOfSequence = 20;

const sliders = ['radius', 'level', 'samples', 'noise-seed', 'lambda', 'rate', 'width', 'schedule', 'seed'];
const edits = ['width=wide', 'colour=red', 'points=0,0;1,1;0,1', 'points=1;2;4', 'preset=acute', 'preset=none', 'radius=1e9', 'seed=7', 'noise=fresh', 'samples=3', 'layers=', 'v=2', 'scene=cube', 'schedule=300'];

/** The actions; each says whether it could be done here. */
function actions(page: Page, { pick, whole, chance }: ReturnType<typeof dice>): Record<string, () => Promise<boolean>> {
  const points = page.locator('[data-testid^=point-]');
  // What an action before sets off, Back for example, may take away what this one is about to press.
  const there = (target: Locator) => target.evaluateAll((found) => found.length > 0 && !found[0]!.matches(':disabled, [aria-disabled=true]'));
  const unlessGone = async (target: Locator, act: () => Promise<unknown>) => {
    try {
      await act();
      return true;
    } catch (error) {
      if (!(await there(target))) return false;
      throw error;
    }
  };
  const click = (name: string) => async () => {
    const button = page.getByTestId(name);
    return (await there(button)) && unlessGone(button, () => button.click({ timeout: 15_000 }));
  };
  const choose = (name: string) => async () => {
    const select = page.getByTestId(name);
    const values = await select.locator('option').evaluateAll((options) => options.map((o) => (o as HTMLOptionElement).value));
    return values.length > 0 && unlessGone(select, () => select.selectOption(pick(values), { timeout: 15_000 }));
  };
  const key = (name: string) => async () => {
    const n = await points.count();
    if (n === 0) return false;
    const point = page.getByTestId(`point-${whole(0, n - 1)}`);
    return unlessGone(point, () => point.press(name, { timeout: 15_000 }));
  };
  return {
    add: click('add-point'),
    remove: click('remove-point'),
    delete: key('Delete'),
    nudge: () => key(pick(['ArrowLeft', 'Shift+ArrowUp', 'ArrowRight', 'Shift+ArrowDown']))(),
    drag: async () => {
      const n = await points.count();
      if (n === 0) return false;
      const dot = page.getByTestId(`point-${whole(0, n - 1)}`).locator('.dot');
      await dot.scrollIntoViewIfNeeded();
      const { x, y } = (await dot.boundingBox())!;
      await page.mouse.move(x + 5, y + 5);
      await page.mouse.down();
      await page.mouse.move(x + whole(-200, 200), y + whole(-200, 200), { steps: whole(1, 6) });
      await page.mouse.up();
      return true;
    },
    preset: choose('preset'),
    images: choose('choice'),
    kind: choose('noise'),
    method: choose('method'),
    field: choose('field'),
    heat: choose('heat'),
    slider: async () => {
      const name = pick(sliders);
      const slider = page.getByTestId(`${name}-slider`);
      if ((await slider.count()) === 0) return false;
      await slider.press(['width', 'samples'].includes(name) && chance(0.7) ? 'Home' : pick(['Home', 'End']));
      return true;
    },
    scene: async () => click(`scene-${pick(['line', 'plane', 'line', 'plane', 'images', 'flow'])}`)(),
    train: click('play'), // and pause
    step: click('step'),
    reset: click('reset'),
    'new seed': click('new-seed'),
    'play again': click('play-again'),
    pace: choose('pace'),
    scrub: async () => {
      const slider = page.getByTestId('moment');
      if ((await slider.count()) === 0 || (await slider.isDisabled())) return false;
      await slider.press(pick(['Home', 'PageDown', 'ArrowLeft', 'End']));
      return true;
    },
    look: () => click(pick(['zoom-in', 'zoom-out', 'look-left', 'look-up', 'look-whole']))(),
    pin: click('pin'),
    unpin: () => click(pick(['unpin-0', 'unpin-1']))(),
    'move a pin': async () => {
      const pin = page.getByTestId('pin-0');
      if ((await pin.count()) === 0) return false;
      await pin.press(pick(['ArrowLeft', 'Shift+ArrowUp', 'Delete']));
      return true;
    },
    sketch: async () => {
      const sketches = page.locator('[data-testid^=sketch-]');
      if ((await sketches.count()) === 0) return false;
      await sketches.nth(whole(0, (await sketches.count()) - 1)).click();
      return true;
    },
    risk: async () => {
      const summary = page.getByTestId('risk').locator('summary');
      if ((await summary.count()) === 0) return false;
      await summary.click();
      return true;
    },
    term: async () => {
      const terms = page.locator('.term, .terms button');
      if ((await terms.count()) === 0) return false;
      await terms.nth(whole(0, (await terms.count()) - 1)).focus();
      return true;
    },
    keep: click('keep'),
    drop: () => click(pick(['drop-A', 'drop-B']))(),
    'open a file': async () => {
      const file = page.getByTestId('file');
      if ((await file.count()) === 0) return false;
      await file.setInputFiles({ name: 'own.csv', mimeType: 'text/csv', buffer: Buffer.from(pick(['0,0\n2,0\n0,1', '0\n1\n3', '0,0\n1,one', '{"version":1'])) });
      return true;
    },
    undo: () => pick([click('undo'), () => page.locator('body').press('Control+z').then(() => true)])(),
    redo: () => pick([click('redo'), () => page.locator('body').press('Control+Shift+Z').then(() => true)])(),
    link: async () => {
      const parts = new URL(page.url()).hash.slice(1).split('&');
      const at = whole(1, parts.length - 1);
      const hash = [...parts.slice(0, at), ...parts.slice(at + whole(0, 1)), pick(edits)].join('&');
      await page.evaluate((to) => (location.hash = to), hash);
      return true;
    },
  };
}

/** What the page shows of its state, whatever training has done. */
const shown = (page: Page) =>
  page.evaluate(() => {
    const controls = [...document.querySelectorAll<HTMLInputElement>('.controls [data-testid]:is(input, select, textarea)')];
    const text = (name: string) => document.querySelector(`[data-testid=${name}]`)?.textContent;
    return {
      controls: Object.fromEntries(controls.map((c) => [c.dataset.testid, c.type === 'checkbox' ? c.checked : c.value])),
      badge: text('badge'),
      least: text('formula-cost'),
      points: document.querySelectorAll('[data-testid^=point-]').length,
    };
  });

for (let seed = first; seed < first + count; ++seed) {
  test(`${actionsOfSequence} random actions leave a page that trains, and its link; seed ${seed}`, async ({ page, context }) => {
    test.setTimeout(240_000);
    const roll = dice(seed);
    const did: string[] = [];
    await open(page, `scene=${roll.pick(['line', 'plane'])}&width=40&samples=20`);
    const does = actions(page, roll);
    const undiverged = async () => {
      if ((await page.getByTestId('status').textContent()) !== 'Diverged') return;
      const loss = await value(page, 'loss');
      expect(!(loss < 1000), `"diverged" at a loss of ${loss}; seed ${seed}: ${did.join(', ')}`).toBe(true);
    };
    while (did.length < actionsOfSequence) {
      const name = roll.pick(Object.keys(does));
      if (!(await does[name]!())) continue;
      did.push(name);
      if (roll.chance(0.3)) await page.waitForTimeout(roll.whole(0, 200));
      await undiverged();
    }
    const where = `seed ${seed}: ${did.join(', ')}`;
    if ((await page.getByTestId('play').getAttribute('aria-pressed')) === 'true') await page.getByTestId('play').click();
    // A value that was refused stays beside its sentence until it is left; the state is the last accepted.
    await page.getByTestId('reset').click();
    await reached(page, 'steps', (v) => v === 0);
    const hash = await page.evaluate(() => new Promise<string>((done) => setTimeout(() => done(location.hash), 400)));

    const other = await context.newPage();
    await other.goto(`./${hash}`);
    await ready(other);
    await expect(other.getByTestId('note'), where).toBeHidden();
    // The search for the least cost comes after the first figure.
    await expect(async () => expect(await shown(other), where).toEqual(await shown(page))).toPass({ timeout: 60_000 });
    const numbers = ['loss', 'cost', 'residual'];
    const expected = await Promise.all(numbers.map((name) => value(other, name)));
    await other.close();
    // Steps may have been 0 before the reset was done, and a page behind another draws nothing.
    await page.bringToFront();
    await expect(async () => {
      expect(await Promise.all(numbers.map((name) => value(page, name))), where).toEqual(expected);
    }).toPass({ timeout: 60_000 });

    await page.getByTestId('step').click();
    await reached(page, 'steps', (v) => v >= 1, 60_000);
  });
}
