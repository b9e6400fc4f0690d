// Kept runs: they are what they were, at any step, whatever is trained later, and change nothing of it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openPage } from './load.mjs';
import { startStore } from './store.mjs';

const page = await openPage();
after(() => page.close());

async function rests({ app, settled }) {
  app.play();
  for (let turn = 0; turn < 100_000; ++turn) {
    await app.engine.value.ask('checksum');
    await new Promise((wake) => setImmediate(wake));
    if (app.snapshot.value.rest !== '') break;
  }
  await settled();
  assert.notEqual(app.snapshot.value.rest, '');
}

for (const scene of ['line', 'plane']) {
  test(`${scene}: a kept run is shown at the steps of a later one, bit for bit, and leaves that one alone`, async () => {
    const link = `scene=${scene}&width=20&samples=6&schedule=400`;
    const alone = await startStore(page, `${link}&seed=2`);
    await rests(alone);
    const expected = await alone.app.engine.value.ask('checksum');
    alone.close();

    const store = await startStore(page, link);
    const { app, settled } = store;
    await rests(store);
    const first = app.recording.moments.value;
    const end = app.snapshot.value;
    app.engine.value.keep('A');
    app.newSeed();
    await rests(store);
    assert.equal(await app.engine.value.ask('checksum'), expected, 'the run beside it has the bits that it has alone');
    const [kept] = app.snapshot.value.kept;
    assert.equal(kept.id, 'A');
    assert.equal(kept.checksum, first.at(-1).checksum, 'at rest, at its end');
    assert.equal(kept.status.cost, end.status.cost);
    assert.ok(Math.abs(kept.distance - end.comparison.sup_relative) < 1e-9, `${kept.distance} and ${end.comparison.sup_relative}`);
    const worst = Math.max(...kept.values.map((v, i) => Math.abs(v - end.values[i])));
    assert.ok(worst < 1e-9, `its values are off by ${worst}`);

    for (const step of [0, 1, 30, 200]) {
      app.recording.scrub(step);
      await settled();
      const at = app.snapshot.value;
      const log = (m) => Math.abs(Math.log1p(m.step) - Math.log1p(at.status.step));
      const nearest = first.reduce((best, m) => (log(m) < log(best) ? m : best));
      assert.equal(at.kept[0].checksum, nearest.checksum, `at step ${step}`);
      assert.notEqual(at.kept[0].checksum, app.recording.moments.value.find((m) => m.step === at.status.step).checksum, 'another seed');
    }
    app.recording.live();

    // Of another dimension none is shown; back again it is there, until it is dropped.
    await app.show(scene === 'line' ? 'plane' : 'line');
    await settled();
    assert.deepEqual(app.snapshot.value.kept, []);
    await app.show(scene);
    await settled();
    assert.equal(app.snapshot.value.kept.length, 1);
    app.engine.value.drop('A');
    await settled();
    app.step();
    await settled();
    assert.deepEqual(app.snapshot.value.kept, []);
    store.close();
  });
}
