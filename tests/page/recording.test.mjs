// The record of a run (web/engine/recording.ts) with the real module: it changes no bit of the run, is
// the same however the run is sliced, and holds the network of the steps that it names.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createModule, takeLeastCost } from '../module/create.mjs';
import { openPage } from './load.mjs';

const page = await openPage();
after(() => page.close());
const { Recorder } = await page.load('engine/recording.ts');
const { most } = await page.load('engine/record.ts');
const { HeldRecorder } = await page.load('engine/held_recording.ts');
const { evaluate, gridPoints } = await page.load('engine/moment.ts');
const { directionsOf } = await page.load('scenes/plane/of_data.ts');
const { meanCosine } = await page.load('scenes/plane/directions.tsx');
const module = await createModule();

const small = { width: 30, steps: 900 };
const planes = [[0, 0], [2, 0], [-0.5, 1]];
const document = (points = planes, training = small, noise = { radius: 0.1, samples: 20 }) => JSON.stringify({ version: 1, data: { points }, noise, training });

function start(text) {
  const session = new module.Session();
  let description = JSON.parse(session.configure(text));
  if (description.searching) description = JSON.parse(takeLeastCost(session, description));
  session.startTraining();
  return { session, description, samples: session.samples().length / description.dimension };
}

/** Trains to the rest as the training loop does, in slices of so many samples. */
function record(text, slice) {
  const { session, description, samples } = start(text);
  const recorder = new (description.dimension > 2 ? HeldRecorder : Recorder)(session, description, 0);
  let step = 0;
  while (session.trainingStatus().rest === '') {
    for (let left = slice; left > 0; ) {
      if (step >= recorder.next) recorder.look(step, false);
      const part = Math.min(left, (recorder.next - step) * samples);
      step += session.advance(part);
      left -= part;
    }
  }
  recorder.look(step, true);
  return { session, description, samples, recorder, step };
}

/** A session of its own, advanced to this step. */
function at(text, step) {
  const fresh = start(text);
  for (let done = 0; done < step; ) done += fresh.session.advance((step - done) * fresh.samples);
  return fresh;
}

for (const [name, text] of Object.entries({
  'a plane': document(),
  'a line': document([[-1], [0], [2]]),
  'fresh noise': document(planes, small, { radius: 0.1, samples: 20, fresh: true }),
  'a wide network by gradients alone': document(planes, { width: 50, steps: 400, method: 'weight-decay' }),
})) {
  test(`${name}: each recorded moment is, to the bit, the network of its step`, () => {
    const { recorder, session, step } = record(text, 777);
    const plain = at(text, step);
    assert.equal(session.checksum(), plain.session.checksum(), 'the run is as without a record');
    assert.ok(recorder.moments.length > 12, `${recorder.moments.length} moments`);
    const [first, last] = [recorder.moments[0], recorder.moments.at(-1)];
    assert.deepEqual([first.step, last.step], [0, step]);
    for (const moment of recorder.moments) {
      const other = at(text, moment.step);
      other.session.measure();
      assert.equal(moment.checksum, other.session.checksum(), `step ${moment.step}`);
      assert.deepEqual(moment.neurons, other.session.neurons('trained').slice());
      assert.equal(moment.status.loss, other.session.trainingStatus().loss);
      alike(recorder.align(moment), JSON.parse(other.session.alignment('trained')), `alignment at step ${moment.step}`);
      other.session.delete();
    }
  });
}

/** Two reports, but for the rounding of neurons that were made unit vectors. */
function alike(a, b, what) {
  if (typeof b === 'number') return void assert.ok(Math.abs(a - b) <= 1e-9 * (1 + Math.abs(b)), `${what}: ${a} for ${b}`);
  if (b === null || typeof b !== 'object') return void assert.equal(a, b, what);
  assert.deepEqual(Object.keys(a), Object.keys(b), what);
  for (const key of Object.keys(b)) alike(a[key], b[key], `${what}, ${key}`);
}

const many = [[0, 0, 0, 0, 0], [2, 0, 1, 0, 0], [0, 2, 0, 0, 1]];
for (const [name, subspace] of [['confined to the hull', true], ['in all of them', false]]) {
  test(`five dimensions, ${name}: each held moment is, to the bit, the network of its step`, () => {
    const text = document(many, { ...small, subspace });
    const { recorder, session, step } = record(text, 777);
    assert.equal(session.checksum(), at(text, step).session.checksum(), 'the run is as without a record');
    const { moments } = recorder;
    assert.ok(moments.length > 25, `${moments.length} moments`);
    assert.deepEqual([moments[0].step, moments.at(-1).step, moments.at(-1).event.kind], [0, step, 'rest']);
    recorder.news();
    const end = session.checksum();
    for (const moment of moments.filter((_, n) => n % 4 === 0 || n === moments.length - 1)) {
      const other = at(text, moment.step);
      other.session.measure();
      const { values, alignment } = recorder.shown(moment, (shown) => ({ values: shown.evaluate('trained', shown.cleanPoints().slice()).slice(), alignment: recorder.align(moment) }));
      assert.equal(moment.checksum, other.session.checksum(), `step ${moment.step}`);
      assert.deepEqual(values, other.session.evaluate('trained', other.session.cleanPoints().slice()).slice());
      assert.deepEqual(alignment, JSON.parse(other.session.alignment('trained')));
      assert.equal(moment.status.loss, other.session.trainingStatus().loss);
      other.session.delete();
    }
    assert.equal(session.checksum(), end, 'the session shows the network as it stands again');
    assert.ok(recorder.hasNews, 'checksums are told once they are known');
    assert.equal(recorder.news().moments.find((m) => m.step === step).checksum, end);
    assert.deepEqual(record(text, 50_000).recorder.moments.map((m) => [m.step, m.loss]), moments.map((m) => [m.step, m.loss]), 'however it is sliced');
  });
}

test('a run of networks of which hardly one has room is not recorded', () => {
  const images = (width, subspace) => ({ dimension: 784, affine_dimension: 9, experiment: { training: { width, subspace } } });
  assert.deepEqual([[200, false], [1000, false], [4000, false], [4000, true]].map((of) => HeldRecorder.fits(images(...of))), [true, false, false, true]);
});

test('held moments are bounded, and the session forgets those that are thinned', () => {
  // Some megabyte each, so that there is room for few, and the session's own bound is near.
  const { session, description, samples } = start(document([many[0], many[1]].map((p) => [...p, ...new Array(495).fill(0)]), { width: 500, steps: 5000 }, { radius: 0.1, samples: 2 }));
  const recorder = new HeldRecorder(session, description, 0);
  const held = new Set();
  for (let step = 0; step < 40; ++step) {
    session.advance(samples);
    recorder.look(step, step > 10); // at rest, as often as one likes
    for (const moment of recorder.moments) held.add(moment.held);
  }
  const room = Math.floor(most.bytes / (4 * (500 * 1001 + 500 * 501) + 1000));
  assert.ok(recorder.moments.length < room, `${recorder.moments.length} of ${room}`);
  assert.ok(held.size > recorder.moments.length);
  for (const number of held) {
    const kept = recorder.moments.some((moment) => moment.held === number);
    let there = true;
    try {
      session.showMoment(number);
    } catch {
      there = false;
    }
    assert.equal(there, kept, `moment ${number}`);
  }
});

test('the record is the same however the run is sliced', () => {
  const [one, other] = [137, 50_000].map((slice) => record(document(), slice).recorder.moments);
  assert.deepEqual(one, other);
});

test('what it draws of a moment is what the library gives of that step, but for rounding', () => {
  for (const points of [planes, [[-1], [0], [2]], [[0, 0], [1, 1], [3, 3]], [[1000, 2000], [1002, 2000], [1000, 2003]]]) {
    const text = document(points);
    const { recorder, description } = record(text, 5000);
    const d = description.dimension;
    for (const moment of [0, 5, recorder.moments.length - 1].map((n) => recorder.moments[n])) {
      const { session } = at(text, moment.step);
      if (description.reference?.kind === 'minimum-cost') takeLeastCost(session, description);
      const grid = { lower: points[0].map((v) => v - 3), upper: points[0].map((v) => v + 4), shape: new Array(d).fill(9) };
      const drawn = recorder.values(moment, grid);
      const exact = session.evaluate('trained', gridPoints(grid.lower, grid.upper, grid.shape));
      drawn.forEach((v, i) => assert.ok(Math.abs(v - exact[i]) < 1e-9 * (1 + Math.abs(exact[i])), `${v} for ${exact[i]} at step ${moment.step}`));
      const compared = recorder.compare(moment, description.reference);
      const { sup, sup_relative: relative } = JSON.parse(session.comparison());
      assert.ok(Math.abs(compared.sup - sup) < 1e-9 * (1 + sup), `${compared.sup} for ${sup} at step ${moment.step} of ${JSON.stringify(points)}`);
      assert.ok(Math.abs(compared.sup_relative - relative) < 1e-9 * (1 + relative));
      if (d === 2 && description.edges.length > 0 && description.affine_dimension === 2) {
        const { edges } = JSON.parse(session.alignment('trained'));
        assert.ok(Math.abs(meanCosine(directionsOf(moment.neurons, 0), description.edges) - edges.input.mean) < 1e-9);
        assert.ok(Math.abs(meanCosine(directionsOf(moment.neurons, 3), description.edges) - edges.output.mean) < 1e-9);
      }
    }
  }
});

test('it is bounded in number and in bytes, and what it keeps is spaced evenly by how far the function moved', () => {
  const { session, description } = start(document());
  const recorder = new Recorder(session, description, 0);
  for (let step = 0; step < 3000; ++step) {
    session.advance(60);
    recorder.look(step, false);
    assert.ok(recorder.moments.length <= most.moments);
  }
  const { moments } = recorder;
  assert.ok(moments.length > most.moments / 4, `${moments.length} moments`);
  const gaps = moments.slice(1).map((m, n) => ({ far: m.arc - moments[n].arc, grown: m.step / moments[n].step, event: m.event ?? moments[n].event }));
  const spacing = Math.min(...gaps.slice(2, -1).filter((g) => g.event === undefined && g.grown < 1.4).map((g) => g.far));
  assert.ok(spacing > 0.003, `${spacing}: it was thinned`);
  assert.equal(moments[0].step, 0);
  const bytes = (m) => 8 * (m.neurons.length + m.linear.length);
  const wide = start(document(planes, { width: 4000, steps: 1000, method: 'weight-decay' }, { radius: 0.1, samples: 2 }));
  const large = new Recorder(wide.session, wide.description, 0);
  for (let step = 0; step < 300; ++step) {
    wide.session.advance(wide.samples);
    large.look(step, step > 290);
    assert.ok(large.moments.reduce((sum, m) => sum + bytes(m), 0) <= most.bytes);
  }
  assert.ok(large.moments.length > 20, `${large.moments.length} moments`);
  assert.ok(most.bytes <= 32e6);
});

test('what happened is told: weights solved, neurons merged, and how it rests', () => {
  const { recorder } = record(document(), 4000);
  const events = recorder.moments.flatMap((m) => (m.event === undefined ? [] : [{ step: m.step, ...m.event }]));
  assert.deepEqual(events[0], { step: 1, kind: 'solved' });
  const merged = events.filter((e) => e.kind === 'merged');
  assert.ok(merged.length > 0 && merged.every((e) => e.to < e.from));
  assert.equal(events.at(-1).kind, 'rest');
  assert.equal(events.at(-1).rest, recorder.moments.at(-1).status.rest);
  assert.equal(record(document(planes, { width: 50, steps: 200, method: 'weight-decay' }), 4000).recorder.moments.find((m) => m.event?.kind === 'solved'), undefined);
});

test('news are what a listener lacks, also where the record was thinned', () => {
  const { session, description } = start(document());
  const recorder = new Recorder(session, description, 0);
  let heard = [];
  for (let step = 0; step < 1500; ++step) {
    session.advance(60);
    recorder.look(step, step === 700);
    if (step % 7 !== 0) continue;
    const { kept, moments } = recorder.news();
    heard = [...heard.slice(0, kept), ...moments];
    assert.deepEqual(heard.map((m) => m.step), recorder.moments.map((m) => m.step));
  }
});
