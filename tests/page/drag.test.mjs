// A point that is dragged, in the store: its least cost is sought from what was found a moment before, and
// once it is let go it is what the link gives.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openPage } from './load.mjs';
import { startStore } from './store.mjs';

const page = await openPage();
after(() => page.close());

const base = 'v=1&scene=plane&preset=clusters&samples=5&width=20&schedule=200';
const least = (app) => app.engine.value.network('minimum-cost');
const found = async (app) => {
  while (app.description.value.searching) await new Promise((wake) => setTimeout(wake));
};

test('the least cost of a point that was dragged has the bits of the link’s', async () => {
  const { app, movePoint, currentPoints, close } = await startStore(page, base);
  await app.engine.value.loadSearch();
  await found(app);
  const [x, y] = currentPoints(app)[0];
  app.hold();
  const held = [];
  for (let step = 1; step <= 20; ++step) {
    movePoint(app, 0, [x + step / 200, y - step / 300]);
    assert.equal(app.description.value.searching, null, 'it is there at once');
    held.push(least(app));
  }
  assert.equal(new Set(held).size, held.length, 'each place has its own');
  const { value: described } = app.description;
  app.settle();
  while (app.description.value === described) await new Promise((wake) => setTimeout(wake)); // until it is sought anew
  const linked = await startStore(page, app.hash());
  await linked.app.engine.value.loadSearch();
  await found(linked.app);
  assert.equal(least(app), least(linked.app));
  const cost = (network) => network.input_weights.reduce((sum, w, k) => sum + Math.hypot(...w) * Math.hypot(...network.output_weights[k]), 0);
  const [before, after] = [held.at(-1), least(app)].map((text) => cost(JSON.parse(text)));
  assert.ok(Math.abs(before - after) < 1e-10 * after, `${before} while it was held, ${after}`);
  linked.close();
  close();
});

test('let go where nothing is sought, nothing is', async () => {
  const { app, movePoint, currentPoints, close } = await startStore(page, base);
  await app.engine.value.loadSearch();
  await found(app);
  app.hold();
  const [x, y] = currentPoints(app)[0];
  movePoint(app, 0, [x + 0.01, y]);
  app.update({ preset: 'obtuse', points: [], radius: null });
  assert.equal(app.description.value.reference.kind, 'closed-form');
  const { value: described } = app.description;
  app.settle();
  for (let turn = 0; turn < 20; ++turn) await new Promise((wake) => setTimeout(wake));
  assert.equal(app.description.value, described);
  assert.equal(app.note.value, '');
  close();
});
