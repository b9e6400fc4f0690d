// Curves of risks follow what the page shows, on its own thread where workers are blocked.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openPage } from './load.mjs';
import { startStore } from './store.mjs';

const page = await openPage();
after(() => page.close());
const { RiskCurves, levelsOf } = await page.load('scenes/line/risk_curves.ts');

async function until(known) {
  for (let turn = 0; known() === null; ++turn) {
    assert.ok(turn < 2000, 'the risk does not come');
    await new Promise((wake) => setTimeout(wake, 5));
  }
  return known();
}

test('at the levels that are marked, of every denoiser; moved points have others', async () => {
  const { app, movePoint, settled, close } = await startStore(page, 'scene=line&preset=line-5&radius=0.05&width=20&samples=10&risk=0.05');
  const curves = new RiskCurves();
  const end = curves.follow(app, () => [app.state.value.risk], true);
  try {
    const expected = { 'least-cost': 0.00332264, reference: 0.00332264, 'empirical-mmse': 0.02091558, 'exact-mmse': 0.0023871 };
    for (const [name, risk] of Object.entries(expected)) assert.ok(Math.abs((await until(() => curves.at(name, 0.05))) - risk) < 1.01e-8, name);
    const untrained = await until(() => curves.at('trained', 0.05));
    assert.ok(untrained > 0.0033);
    app.step();
    await settled();
    await until(() => (curves.at('trained', 0.05) === untrained ? null : true));

    movePoint(app, 2, [0.1]);
    const moved = () => Math.abs((curves.at('empirical-mmse', 0.05) ?? 0.02091558) - 0.02091558) > 1e-5;
    await until(() => (moved() ? true : null));
    const drawn = await until(() => (Math.abs((curves.drawn.value.get('least-cost')?.levels.at(-1) ?? 0) - levelsOf(0.2).at(-1)) < 1e-9 ? true : null));
    assert.ok(drawn);

    app.update({ risk: 1e-300 });
    await until(() => (/noise level is 1e-300/.test(curves.said.value) ? true : null));
    app.update({ risk: 0.1 });
    await until(() => curves.at('exact-mmse', 0.1));
    await until(() => (curves.said.value === '' ? true : null));
  } finally {
    end();
    close();
  }
});
