// Undo and redo in the store: places, gestures, and what becomes of the trained weights.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openPage } from './load.mjs';
import { startStore } from './store.mjs';

const page = await openPage();
after(() => page.close());
const { scenes } = await page.load('scenes/index.ts');
const { linksOf } = await page.load('store/link.ts');
const { writeHash } = linksOf(scenes);

const base = 'v=1&scene=plane&preset=obtuse&samples=5&width=20&schedule=200';
/** Undoes or redoes, and waits until it is done. */
async function take(app, what) {
  const done = new Promise((resolve) => (app.travel = (steps) => void app.goTo(app.places.at.value + steps).then(resolve)));
  app[what]();
  await done;
}
const undo = (app) => take(app, 'undo');
const redo = (app) => take(app, 'redo');

test('a drag is one step, however many places it passes', async () => {
  const { app, movePoint, currentPoints } = await startStore(page, base);
  assert.equal(app.places.canUndo.value, false);
  const before = currentPoints(app);
  app.dragging = true;
  for (let i = 1; i <= 10; ++i) movePoint(app, 1, [2 + i / 20, 0.1]);
  app.undo();
  assert.equal(currentPoints(app)[1][0], 2.5, 'nothing is undone while a point is held');
  app.settle();
  const end = app.hash();
  await undo(app);
  assert.deepEqual(currentPoints(app), before);
  assert.equal(app.hash(), base);
  assert.equal(app.places.canUndo.value, false);
  await redo(app);
  assert.equal(app.hash(), end);
  assert.equal(app.places.canRedo.value, false);
});

test('two drags of one point are two steps; so are adding, removing, and another preset', async () => {
  const { app, addPoint, movePoint, removePoint } = await startStore(page, base);
  const hashes = [app.hash()];
  const done = () => hashes.push(app.hash());
  for (const x of [2.1, 2.2]) {
    movePoint(app, 1, [x, 0]);
    app.settle();
    done();
  }
  addPoint(app, [1, 3]);
  done();
  removePoint(app, 0);
  done();
  app.update({ preset: 'acute', points: [], radius: null });
  done();
  assert.equal(new Set(hashes).size, 6);
  for (const hash of hashes.slice(0, -1).reverse()) {
    await undo(app);
    assert.equal(app.hash(), hash);
  }
  assert.equal(app.places.canUndo.value, false);
  for (const hash of hashes.slice(1)) {
    await redo(app);
    assert.equal(app.hash(), hash);
  }
});

test('a slider is one step until another control is used; a refused value is none', async () => {
  const { app } = await startStore(page, base);
  for (const width of [30, 40, 50]) app.update({ width }, 'width');
  app.update({ width: -1 }, 'width');
  assert.equal(app.refusal.value?.control, 'width');
  app.settle();
  for (const level of [0.1, 0.2]) app.update({ noise: 'gaussian', level }, 'level');
  await undo(app);
  assert.equal(app.state.value.noise, 'balls');
  assert.equal(app.state.value.width, 50);
  await undo(app);
  assert.equal(app.hash(), base);
});

test('a change after undo drops what was undone; a change of the view does not', async () => {
  const { app, addPoint } = await startStore(page, base);
  addPoint(app, [1, 3]);
  await undo(app);
  app.update({ layers: ['samples'] });
  assert.equal(app.places.canRedo.value, true);
  addPoint(app, [3, 3]);
  assert.equal(app.places.canRedo.value, false);
  await undo(app);
  assert.deepEqual(app.state.value.layers, ['samples'], 'the view of the place as it was left');
});

/** Trains to the end of the schedule: the status there, and the network's bits. */
async function trained(app) {
  app.play();
  return rested(app);
}
async function rested(app) {
  for (let turn = 0; (app.snapshot.value?.status.rest ?? '') === ''; ++turn) {
    assert.ok(turn < 50_000, 'it does not come to rest');
    await app.engine.value.ask('checksum');
    await new Promise((wake) => setImmediate(wake));
  }
  return { ...app.snapshot.value.status, checksum: await app.engine.value.ask('checksum') };
}

test('a change by hand keeps the trained weights; the way back gives what the link of that place gives', async () => {
  const { app, movePoint, settled } = await startStore(page, base);
  await settled();
  const initial = await app.engine.value.ask('checksum');
  app.step();
  app.step();
  await settled();
  movePoint(app, 1, [2.1, 0]);
  app.settle();
  await settled();
  assert.ok(app.snapshot.value.status.step > 0);
  assert.equal(app.carried.value, true);
  for (const go of [undo, redo, undo]) {
    await go(app);
    await settled();
    assert.equal(app.snapshot.value.status.step, 0);
    assert.equal(app.carried.value, false, 'no other data came before');
    assert.equal(app.playing.value, false, 'it was not in training');
  }
  assert.equal(await app.engine.value.ask('checksum'), initial);
});

for (const [what, hash, change] of [
  ['a point', base, ({ movePoint, app }) => movePoint(app, 1, [2.1, 0])],
  ['the radius', 'v=1&scene=line&samples=5&width=20&schedule=200', ({ app }) => app.update({ radius: 0.2 }, 'radius')],
]) {
  test(`${what} changed by hand and undone, training goes on, to the end that the link has`, async () => {
    const store = await startStore(page, hash);
    const { app, settled } = store;
    const end = await trained(app);
    assert.equal(end.step, 200);
    change(store);
    app.settle();
    const other = app.hash();
    await settled();
    assert.ok((await rested(app)).step > 200, 'by hand the weights stay');
    await undo(app);
    assert.equal(app.playing.value, true);
    await settled();
    assert.deepEqual(await rested(app), end);
    await redo(app);
    await settled();
    const again = await rested(app);
    const fresh = await startStore(page, other);
    assert.deepEqual(again, await trained(fresh.app), 'and so there');
  });
}

test('scenes and links are places; what was asked for last is what comes', async () => {
  const { app, settled } = await startStore(page, base);
  await app.show('line');
  assert.equal(app.state.value.scene, 'line');
  await undo(app);
  assert.equal(app.hash(), base);
  await redo(app);
  await app.navigate('scene=plane&preset=acute&width=20');
  assert.equal(app.places.canRedo.value, false);
  await undo(app);
  assert.equal(app.state.value.scene, 'line');
  const late = app.show('images'); // its digits are on their way
  await app.show('plane');
  await late;
  await settled();
  assert.equal(app.state.value.scene, 'plane');
  assert.equal(app.description.value.dimension, 2);
});

test('a place of a scene that is asked for while another loads is dropped', async () => {
  const { app } = await startStore(page, base);
  const late = app.navigate('scene=images&images=0,103,206&samples=5&width=10');
  await app.show('line');
  await late;
  assert.equal(app.state.value.scene, 'line');
  assert.equal(writeHash(app.places.state(app.places.at.value)), app.hash());
});
