// A link gives back the state that it was written from: for random states, and for what strangers
// may write, which never throws. Run with node --test tests/page/*.test.mjs
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { dice } from './dice.mjs';
import { openPage } from './load.mjs';

const page = await openPage();
after(() => page.close());
const { scenes } = await page.load('scenes/index.ts');
const { linksOf } = await page.load('store/link.ts');
const { defaults, readHash, sceneNames, writeHash } = linksOf(scenes);
const { App } = await page.load('store/app.ts');

/** Any finite number that is not -0, which a document does not have either. */
function number({ between, chance, pick, whole }) {
  if (chance(0.2)) return pick([0, 1, -1, 1e21, 1.5e-7, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** 53, 0.1 + 0.2]);
  const value = between(-1, 1) * 10 ** whole(-20, 20);
  return chance(0.5) ? Number(value.toPrecision(3)) : value;
}

function randomState(roll) {
  const { chance, pick, whole } = roll;
  const scene = pick(sceneNames);
  const { dimension, layers } = scenes[scene];
  const some = (list) => list.filter(() => chance(0.5));
  const rarely = (make, otherwise) => (chance(0.5) ? make() : otherwise);
  const fallback = defaults[scene];
  const own = dimension !== undefined && chance(0.6);
  return {
    scene,
    embed: chance(0.2),
    anonymous: chance(0.2),
    play: chance(0.2),
    preset: own ? '' : dimension === undefined ? '' : pick(['line-3', 'obtuse', fallback.preset, 'a&b=c d+e%41#é']),
    points: own ? Array.from({ length: whole(1, 9) }, () => Array.from({ length: dimension }, () => number(roll))) : [],
    images: dimension === undefined ? Array.from({ length: whole(1, 20) }, () => whole(0, 999)) : [],
    noise: pick(['balls', 'gaussian', 'fresh']),
    radius: rarely(() => number(roll), null),
    level: rarely(() => number(roll), fallback.level),
    samples: rarely(() => whole(1, 5000), fallback.samples),
    noiseSeed: rarely(() => whole(0, 2 ** 32), fallback.noiseSeed),
    method: pick(['augmented-lagrangian', 'weight-decay']),
    lambda: rarely(() => number(roll), fallback.lambda),
    rate: rarely(() => number(roll), fallback.rate),
    width: rarely(() => whole(1, 4000), fallback.width),
    steps: rarely(() => whole(1, 1e6), fallback.steps),
    seed: rarely(() => whole(0, 2 ** 32), fallback.seed),
    subspace: chance(0.3),
    layers: some(layers),
    heldOut: rarely(() => whole(0, 999_999_999), fallback.heldOut),
    field: pick(['closed-form', 'minimum-cost', 'trained', 'empirical-mmse', 'vertex-ramp', 'split-ramp']),
    heat: pick(['none', '1', '2']),
    flow: pick(['probability', 'score']),
    flowOf: pick(['closed-form', 'minimum-cost', 'empirical-mmse', 'trained']),
    besideOf: pick(['none', 'closed-form', 'minimum-cost', 'empirical-mmse', 'trained']),
    startAt: rarely(() => Array.from({ length: dimension ?? 2 }, () => number(roll)), null),
    sigma: rarely(() => number(roll), null),
    alpha: rarely(() => number(roll), fallback.alpha),
    sampler: pick(['euler', 'heun']),
    samplerSteps: rarely(() => whole(1, 400), fallback.samplerSteps),
    levels: pick(['log-uniform', 'linear', 'edm']),
    particles: rarely(() => whole(1, 2000), fallback.particles),
    flowSeed: rarely(() => whole(0, 2 ** 32), fallback.flowSeed),
    threshold: rarely(() => number(roll), null),
    pins: rarely(() => Array.from({ length: whole(0, 8) }, () => ({ name: pick(['A', 'corner', 'é & %41#', 'x+y=1']), at: Array.from({ length: dimension ?? 2 }, () => number(roll)) })), []),
    risk: rarely(() => Math.abs(number(roll)) || null, null),
  };
}

test('the state of a link is the one it was written from, with nothing to note', () => {
  for (let seed = 1; seed <= 2000; ++seed) {
    const state = randomState(dice(seed));
    const hash = writeHash(state);
    const read = readHash(`#${hash}`);
    assert.deepEqual(read.state, state, `seed ${seed}: ${hash}`);
    assert.deepEqual(read.notes, [], `seed ${seed}: ${hash}`);
    // The store reads it alike: every layer is one that the scene has.
    const app = new App(hash, scenes);
    assert.deepEqual(app.state.value, state, `seed ${seed}: ${hash}`);
    assert.equal(app.note.value, '', `seed ${seed}: ${hash}`);
    assert.equal(app.hash(), hash, `seed ${seed}`);
  }
});

test('the link of a scene’s defaults names the scene alone', () => {
  for (const scene of sceneNames) assert.equal(writeHash(defaults[scene]), `v=1&scene=${scene}`);
});

test('a link by a stranger is read, or what is wrong with it is said; what is read can be written', () => {
  const keys = ['v', 'scene', 'points', 'preset', 'images', 'radius', 'width', 'layers', 'embed', 'play', 'field', 'held-out', 'seed', 'colour', '__proto__', ''];
  const values = ['1', '', '-1', 'NaN', '1e999', '0x10', ' 7 ', 'line', 'plane', '0,0;1', ';;', '1,,2', 'a,b', 'closed-form', '%', '%E0%A4%A', '%00', '+', '💡', '__proto__', 'fog,field'];
  for (let seed = 1; seed <= 2000; ++seed) {
    const { pick, whole } = dice(seed);
    const hash = Array.from({ length: whole(0, 6) }, () => `${pick(keys)}=${pick(values)}`).join(pick(['&', '&', '&&', ';']));
    const { state, notes } = readHash(`#${hash}`);
    for (const note of notes) assert.match(note, /^[^\0-\x1f]+\.$/, `seed ${seed}: ${hash}`);
    const written = writeHash(state);
    assert.equal(writeHash(readHash(written).state), written, `seed ${seed}: ${hash}`);
    assert.doesNotThrow(() => new App(hash, scenes), `seed ${seed}: ${hash}`);
  }
});

// Written in papers, mails and bookmarks: these never change their meaning.
test('links of version 1 keep opening', () => {
  const links = [
    ['v=1&scene=plane&preset=acute', { scene: 'plane', preset: 'acute', noise: 'balls', radius: null, samples: 80, width: 200, seed: 1 }],
    ['scene=plane&preset=acute&embed', { scene: 'plane', embed: true }],
    ['v=1&scene=plane&preset=equilateral&radius=0.2', { radius: 0.2 }],
    ['v=1&scene=line&points=-1;0;2&schedule=1000&play', { scene: 'line', preset: '', points: [[-1], [0], [2]], steps: 1000, play: true }],
    ['v=1&scene=plane&points=0,0;2,0;-0.5,1&noise=gaussian&level=0.05&method=weight-decay&lambda=0.001&rate=0.02&noise-seed=4&seed=9', {
      points: [[0, 0], [2, 0], [-0.5, 1]], noise: 'gaussian', level: 0.05, method: 'weight-decay', lambda: 0.001, rate: 0.02, noiseSeed: 4, seed: 9 }],
    ['v=1&scene=images&images=73,76,247,256,367,368,625,635,853,858&noise=gaussian&method=augmented-lagrangian&subspace', {
      scene: 'images', images: [73, 76, 247, 256, 367, 368, 625, 635, 853, 858], subspace: true, width: 500, steps: 4000 }],
    ['v=1&scene=plane&layers=field,boundaries&field=trained&held-out=3&noise=fresh', { layers: ['field', 'boundaries'], field: 'trained', heldOut: 3, noise: 'fresh' }],
    ['v=1&scene=flow&preset=square&flow=score&flow-of=empirical-mmse&sigma=0.4&alpha=2&sampler=heun&sampler-steps=5&levels=edm&particles=50&flow-seed=3&threshold=0.02', {
      flow: 'score', flowOf: 'empirical-mmse', sigma: 0.4, alpha: 2, sampler: 'heun', samplerSteps: 5, levels: 'edm', particles: 50, flowSeed: 3, threshold: 0.02 }],
  ];
  for (const [hash, expected] of links) {
    const { state, notes } = readHash(`#${hash}`);
    assert.deepEqual(notes, [], hash);
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(state[key], value, `${key} of ${hash}`);
  }
});
