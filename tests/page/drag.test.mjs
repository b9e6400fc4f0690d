// A point that is dragged, in the store: its least cost is sought from what was found a moment before, and
// once it is let go it is what the link gives.
import assert from 'node:assert/strict';
import { effect } from '@preact/signals';
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

const turn = () => new Promise((wake) => setTimeout(wake));

test('beside the figure what is said follows a point that is held at a pace, and is there once it is let go', async () => {
  const { app, movePoint, currentPoints, close } = await startStore(page, base);
  const { seldom } = await page.load('store/seldom.ts');
  const at = (points) => points[0][0];
  const read = [];
  const stop = effect(() => void read.push(seldom(app, () => at(currentPoints(app)))));
  const [x, y] = currentPoints(app)[0];
  const moved = (n) => movePoint(app, 0, [x + n / 1000, y]);
  moved(1);
  assert.equal(read.length, 2, 'not held, each move is read');
  app.hold();
  for (let n = 2; n <= 30; ++n) moved(n);
  assert.equal(read.length, 3, 'held, the first move is read, and no other until there is time');
  const before = read.length;
  while (read.length === before) await turn(); // nothing moves, and yet it follows
  assert.equal(read.at(-1), at(currentPoints(app)), 'the last place is read while the point is held');
  moved(31);
  app.settle();
  assert.equal(read.at(-1), at(currentPoints(app)), 'let go, it is read at once');
  moved(32);
  assert.equal(read.at(-1), at(currentPoints(app)), 'and each move after it');
  stop();
  close();
});

test('what training does is seen while a point is held still, and nothing of it in another scene', async () => {
  // Training must still be running when the point is let go, however fast the machine.
  const { app, close } = await startStore(page, 'v=1&scene=plane&preset=clusters&width=200&samples=60&schedule=10000000');
  const steps = () => app.snapshot.value?.status.step ?? -1;
  app.play();
  app.hold();
  const { seldom } = await page.load('store/seldom.ts');
  const said = [];
  const unsay = effect(() => void said.push(seldom(app, steps)));
  const first = steps();
  while (steps() <= first || said.at(-1) <= first) await turn(); // in the figure, and beside it
  unsay();
  const seen = [];
  const stop = app.snapshot.subscribe((snapshot) => seen.push(snapshot));
  while (app.awaited === null) await turn();
  await app.show('line'); // what waits to be drawn is of the plane
  while (app.snapshot.value?.grid?.shape.length !== 1) await turn(); // it is told of the line all the same
  assert.equal(app.dragging, false, 'nothing is held there');
  stop();
  const after = seen.slice(seen.lastIndexOf(null) + 1);
  assert.ok(seen.includes(null));
  assert.deepEqual(after.filter(({ grid }) => grid.shape.length !== 1), []);
  close();
});
