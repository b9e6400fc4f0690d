// What is not shown is not computed: neither by the page's own session nor by the training loop.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openPage } from './load.mjs';
import { startStore } from './store.mjs';

const page = await openPage();
after(() => page.close());
const { lineData, lineInputs } = await page.load('scenes/line/of_data.ts');
const { planeData, planeInputs } = await page.load('scenes/plane/of_data.ts');
const bands = await page.load('scenes/plane/bands.ts');

/** Notes from now on what is asked of the engine that answers on the page. */
function watched(engine) {
  const asked = [];
  for (const name of ['evaluate', 'evaluateGrid', 'neurons', 'samples']) {
    const answer = engine[name];
    engine[name] = (...about) => {
      asked.push([name, ...about.filter((part) => typeof part === 'string')].join(' '));
      return answer(...about);
    };
  }
  return asked;
}

const figures = [
  { scene: 'line', data: lineData, inputs: lineInputs, always: [] },
  { scene: 'plane', data: planeData, inputs: (store, data) => planeInputs(store, data, bands), always: ['neurons closed-form'] }, // of the roses
];
const layers = [
  { scene: 'line', on: ['knots'], asks: [] }, // those of a closed form that is hidden
  { scene: 'line', on: ['closed-form'], asks: ['neurons closed-form', 'evaluate closed-form'] },
  { scene: 'line', on: ['empirical-mmse'], asks: ['neurons closed-form', 'evaluate empirical-mmse'] },
  { scene: 'line', on: ['rug'], asks: ['samples'] },
  { scene: 'plane', on: ['boundaries', 'directions'], asks: [] },
  { scene: 'plane', on: ['field'], asks: ['evaluateGrid closed-form'] },
  { scene: 'plane', on: ['image', 'distance'], asks: ['evaluateGrid closed-form'] },
  { scene: 'plane', on: ['samples'], asks: ['samples'] },
];

for (const { scene, data, inputs, always } of figures) {
  test(`${scene}: a hidden layer asks nothing of the library, a shown one once`, async () => {
    const { app, settled, close } = await startStore(page, `scene=${scene}&width=10${scene === 'plane' ? '&field=closed-form' : ''}`);
    await settled();
    const asked = watched(app.engine.value);
    for (const { on, asks } of [{ on: [], asks: [] }, ...layers.filter((each) => each.scene === scene)]) {
      app.update({ layers: on });
      const shown = data(app);
      asked.length = 0;
      inputs(app, shown.value);
      inputs(app, shown.value);
      assert.deepEqual(asked, [...always, ...asks], on.join());
    }
    close();
  });
}

test('the training loop sends the noisy samples of each step only where they are shown', async () => {
  const { app, settled, close } = await startStore(page, 'scene=plane&width=10&samples=4&noise=fresh');
  await settled();
  assert.equal(app.snapshot.value.samples, undefined);
  app.update({ layers: ['samples'] });
  await settled();
  assert.equal(app.snapshot.value.samples.length, 2 * 3 * 4);
  close();
});
