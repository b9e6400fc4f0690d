// The training loop (web/engine/training.ts) behind its messages, with the real module and without
// a browser: what it answers, in which order, and what it never does. Nothing here depends on how
// fast the machine is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createModule, folder } from '../module/create.mjs';
import { openPage } from './load.mjs';

const page = await openPage();
after(() => page.close());
const { TrainingLoop } = await page.load('engine/training.ts');
const wasm = () => new WebAssembly.Module(readFileSync(join(folder, 'denoise.wasm')));

const experiment = (over = {}) =>
  JSON.stringify({
    version: 1,
    data: { points: [[0, 0], [2, 0], [-0.5, 1]] },
    noise: { radius: 0.1, samples: 20 },
    training: { width: 30, steps: 500 },
    ...over,
  });
const other = experiment({ data: { points: [[0, 0], [2, 0], [-0.5, 1.1]] } });

/** A loop with the messages that it posts, and ways to wait for them. */
async function startLoop({ drawn = true } = {}) {
  const posted = [];
  const waiting = [];
  const loop = new TrainingLoop((message) => {
    posted.push(message);
    if (drawn && message.type === 'snapshot') loop.handle({ type: 'drawn' });
    for (const wake of waiting.splice(0)) wake();
  });
  /** The first message from number `from` on that is as wished. */
  const next = async (wish, from = posted.length) => {
    for (;;) {
      const found = posted.slice(from).find(wish);
      if (found !== undefined) return found;
      await new Promise((wake) => waiting.push(wake));
    }
  };
  const snapshot = async (wish = () => true, from) =>
    (await next((m) => m.type === 'snapshot' && wish(m.snapshot), from)).snapshot;
  let question = 0;
  const ask = async (what) => {
    const id = ++question;
    const from = posted.length;
    loop.handle({ type: 'ask', id, what });
    return (await next((m) => m.type === 'answer' && m.id === id, from)).text;
  };
  let generation = 0;
  const configure = (text = experiment(), { keepWeights = false, request = {} } = {}) =>
    loop.handle({ type: 'configure', generation: ++generation, experiment: text, found: null, keepWeights, request });
  loop.handle({ type: 'start', wasm: wasm() });
  await next((m) => m.type === 'ready', 0);
  return { loop, posted, next, snapshot, ask, configure, send: (type) => loop.handle({ type }), last: () => generation };
}

/** The representation cost of the trained network, from its weights. */
async function costOf(ask) {
  const { input_weights: w, output_weights: a } = JSON.parse(await ask('network'));
  const norm = (row) => Math.hypot(...row);
  return w.reduce((sum, row, k) => sum + norm(row) * norm(a[k]), 0);
}

test('a module that is not the library’s is answered by a sentence, not by an exception', async (t) => {
  t.mock.method(console, 'warn', () => undefined); // the module's own words
  const posted = [];
  await new Promise((resolve) => {
    const loop = new TrainingLoop((message) => (posted.push(message), resolve()));
    loop.handle({ type: 'start', wasm: new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)) });
  });
  assert.deepEqual(posted.map((m) => m.type), ['failed']);
  assert.notEqual(posted[0].message, '');
});

test('a configuration is answered by one snapshot of its initial weights, and nothing moves', async () => {
  const { posted, snapshot, ask, configure } = await startLoop();
  configure();
  const first = await snapshot();
  assert.equal(first.generation, 1);
  assert.equal(first.playing, false);
  assert.equal(first.status.step, 0);
  assert.equal(first.stepsPerSecond, 0);
  const bits = await ask('checksum');
  assert.equal(await ask('checksum'), bits);
  assert.equal(posted.filter((m) => m.type === 'snapshot').length, 1);
});

test('messages before the module is there are kept in their order', async () => {
  const posted = [];
  const done = new Promise((resolve) => {
    const loop = new TrainingLoop((message) => {
      posted.push(message);
      if (message.type === 'snapshot') resolve();
    });
    loop.handle({ type: 'start', wasm: wasm() });
    loop.handle({ type: 'configure', generation: 1, experiment: experiment(), found: null, keepWeights: false, request: {} });
    loop.handle({ type: 'ask', id: 7, what: 'checksum' });
  });
  await done;
  assert.deepEqual(posted.map((m) => m.type), ['ready', 'answer', 'snapshot']);
  assert.match(posted[1].text, /^[0-9a-f]{16}$/);
});

test('no snapshot comes before the last one is drawn, and then the newest', async () => {
  const { posted, snapshot, ask, configure, send } = await startLoop({ drawn: false });
  const shown = () => posted.filter((m) => m.type === 'snapshot').length;
  configure();
  await snapshot();
  send('step');
  while (JSON.parse(await ask('history')).length === 0 || (await ask('checksum')) === undefined);
  for (let i = 0; i < 20; ++i) await ask('checksum');
  assert.equal(shown(), 1, 'held back');
  send('drawn');
  assert.equal((await snapshot()).status.step, 1);
  assert.equal(shown(), 2);
});

test('step makes one step, also out of training; pause stops; reset gives the same bits back', async () => {
  const { snapshot, ask, configure, send } = await startLoop();
  configure();
  await snapshot();
  const initial = await ask('checksum');
  for (let i = 1; i <= 3; ++i) {
    send('step');
    assert.equal((await snapshot((s) => s.status.step > 0 && s.status.step >= i)).status.step, i);
  }
  const third = await ask('checksum');
  assert.notEqual(third, initial);

  send('play');
  const running = await snapshot((s) => s.playing && s.status.step > 3);
  send('pause');
  const held = await snapshot((s) => !s.playing);
  assert.ok(held.status.step >= running.status.step);
  const bits = await ask('checksum');
  for (let i = 0; i < 20; ++i) assert.equal(await ask('checksum'), bits, 'paused');

  send('reset');
  assert.equal((await snapshot()).status.step, 0);
  assert.equal(await ask('checksum'), initial);
  for (let i = 1; i <= 3; ++i) {
    send('step');
    await snapshot((s) => s.status.step === i);
  }
  assert.equal(await ask('checksum'), third, 'the same steps again');

  send('play');
  await snapshot((s) => s.playing && s.status.step > 3);
  send('step');
  const one = await snapshot((s) => !s.playing);
  const still = await ask('checksum');
  assert.equal(await ask('checksum'), still);
  assert.ok(one.status.step > 3);
});

test('a request at rest is answered whole: the page does not take the snapshot of the request before', async () => {
  const { loop, posted, snapshot, configure, send, last } = await startLoop();
  configure(experiment(), { request: { comparison: true, alignment: true } });
  send('play');
  const rested = await snapshot((s) => s.status.rest !== '', 0);
  const from = posted.length;
  loop.handle({ type: 'request', generation: last() + 1, request: { comparison: true, alignment: true } });
  const again = await snapshot((s) => s.generation === last() + 1, from);
  assert.deepEqual(again.comparison, rested.comparison);
  assert.deepEqual(again.alignment, rested.alignment);
});

test('changed data keep the weights where that is asked for; else training starts anew', async () => {
  const { snapshot, ask, configure, send } = await startLoop();
  configure();
  const { status: first } = await snapshot();
  const initial = await ask('checksum');
  for (let i = 1; i <= 3; ++i) {
    send('step');
    await snapshot((s) => s.status.step === i);
  }
  assert.notEqual(await ask('checksum'), initial);
  const cost = await costOf(ask);
  configure(other, { keepWeights: true });
  assert.equal((await snapshot((s) => s.generation === 2)).status.step, 3);
  // Another scale of the data rounds the weights anew.
  const kept = await costOf(ask);
  assert.ok(Math.abs(kept - cost) < 1e-6 * cost, `${kept}, before ${cost}`);
  configure(experiment(), { keepWeights: false });
  const { status: anew } = await snapshot((s) => s.generation === 3);
  assert.equal(await ask('checksum'), initial);
  assert.deepEqual(anew, first);
});

test('of configurations that wait the last counts, and one of them that drops the weights is not lost', async () => {
  const { posted, snapshot, ask, configure, send } = await startLoop();
  configure(other);
  await snapshot();
  const initial = await ask('checksum');
  send('step');
  await snapshot((s) => s.status.step === 1);
  const from = posted.length;
  configure(other, { keepWeights: true });
  configure(experiment(), { keepWeights: false });
  configure(other, { keepWeights: true });
  const shown = await snapshot(() => true, from);
  assert.equal(shown.generation, 4, 'the others were never begun');
  assert.equal(shown.status.step, 0);
  assert.equal(await ask('checksum'), initial);
});

test('a request is answered with its generation; what it does not ask for is absent', async () => {
  const { loop, snapshot, configure } = await startLoop();
  configure();
  const bare = await snapshot();
  for (const name of ['grid', 'values', 'pointValues', 'neurons', 'comparison', 'alignment', 'samples']) {
    assert.equal(bare[name], undefined, name);
  }
  const grid = { lower: [-1, -1], upper: [2, 2], shape: [4, 3] };
  loop.handle({
    type: 'request',
    generation: 2,
    request: { grid, points: Float64Array.of(0, 0, 1, 1), neurons: true, comparison: true, alignment: true, samples: true },
  });
  const full = await snapshot((s) => s.generation === 2);
  assert.deepEqual(full.grid, grid);
  assert.equal(full.values.length, 2 * 4 * 3);
  assert.equal(full.pointValues.length, 4);
  assert.equal(full.neurons.length, 30 * 6);
  assert.equal(full.samples.length, 2 * 3 * 20);
  assert.equal(full.comparison.form, 'obtuse-simplex');
  assert.ok(full.alignment.edges.input.mean > 0);
  assert.ok([...full.values, ...full.pointValues, ...full.neurons].every(Number.isFinite));
});

test('questions are answered one by one, each with its number', async () => {
  const { snapshot, ask, configure, send } = await startLoop();
  configure();
  await snapshot();
  send('step');
  await snapshot((s) => s.status.step === 1);
  const [network, history, checksum] = await Promise.all([ask('network'), ask('history'), ask('checksum')]);
  assert.ok(JSON.parse(network));
  assert.ok(Array.isArray(JSON.parse(history)));
  assert.match(checksum, /^[0-9a-f]{16}$/);
});

test('what is asked for after a step is answered of that step, step by step, and what is settled once it is told', async () => {
  const { loop, posted, next, snapshot, configure, send } = await startLoop();
  configure();
  await snapshot();
  const from = posted.length;
  let id = 100;
  for (const what of ['step', 'result', 'step', 'result', 'settled', 'reset', 'result', 'step', 'result']) {
    if (what === 'step' || what === 'reset') send(what);
    else loop.handle({ type: 'ask', id: ++id, what });
    if (what === 'settled') await next((m) => m.type === 'answer' && m.id === id, from); // a reset ends steps that wait
  }
  await next((m) => m.type === 'answer' && m.id === id, from);
  const told = posted.slice(from).flatMap((m) => (m.type === 'snapshot' ? [`seen ${m.snapshot.status.step}`] : m.type === 'answer' ? [m.text === '' ? 'settled' : JSON.parse(m.text).training.step] : []));
  assert.deepEqual(told.filter((each) => typeof each === 'number'), [1, 2, 0, 1]);
  assert.ok(told.includes('seen 2') && told.indexOf('seen 2') < told.indexOf('settled'), `${told}`);
});

test('a refused experiment is said, and the loop goes on with the next', async () => {
  const { next, snapshot, configure, send } = await startLoop();
  configure(experiment({ noise: { radius: -1 } }));
  const { message } = await next((m) => m.type === 'failed', 0);
  assert.match(message, /radius/);
  configure();
  assert.equal((await snapshot()).generation, 2);
  send('step');
  assert.equal((await snapshot((s) => s.status.step > 0)).status.step, 1);
});

test('training rests at its end: no step more, no speed, and the last snapshot holds everything', async () => {
  const { snapshot, ask, configure, send } = await startLoop();
  configure(experiment(), { request: { comparison: true } });
  await snapshot();
  send('play');
  const rest = await snapshot((s) => s.status.rest !== '');
  assert.equal(rest.playing, true);
  assert.equal(rest.stepsPerSecond, 0);
  assert.ok(rest.comparison.sup > 0);
  const bits = await ask('checksum');
  for (let i = 0; i < 20; ++i) assert.equal(await ask('checksum'), bits);
});

test('while it trains the numbers of a snapshot are all of its step', async () => {
  const text = experiment({ training: { width: 30, steps: 1_000_000 } });
  const { posted, snapshot, configure, send } = await startLoop();
  configure(text, { request: { comparison: true, alignment: true } });
  send('play');
  const seen = [];
  while (seen.length < 3) seen.push(await snapshot((s) => s.playing && s.comparison !== undefined && s.status.step > (seen.at(-1)?.status.step ?? 0)));
  send('pause');
  const live = posted.filter((m) => m.type === 'snapshot').map((m) => m.snapshot);
  assert.ok(live.every((s) => (s.comparison !== undefined) === s.whole && (s.alignment !== undefined) === s.whole));
  const session = new (await createModule()).Session();
  session.configure(text);
  session.startTraining();
  let step = 0;
  for (const { status, comparison, alignment } of seen) {
    while (step < status.step) step += session.advance((status.step - step) * 60);
    session.measure();
    assert.deepEqual(status, session.trainingStatus());
    assert.deepEqual(comparison, JSON.parse(session.comparison()));
    assert.deepEqual(alignment, JSON.parse(session.alignment('trained')));
  }
  session.delete();
});
