// An experiment document and the keys of a link that it lacks give the state back that they are of.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { dice } from './dice.mjs';
import { openPage } from './load.mjs';

const page = await openPage();
after(() => page.close());
const { scenes } = await page.load('scenes/index.ts');
const { linksOf } = await page.load('store/link.ts');
const { experimentOf } = await page.load('store/experiment.ts');
const { hashOf, viewPart } = await page.load('store/document.ts');
const links = linksOf(scenes);
const presets = { 'line-3': [[0], [1], [2]], obtuse: [[0, 0], [2, 0], [-0.5, 1]], solid: [[0, 0, 0], [1, 1, 1]] };
const pointsOf = (name) => presets[name];

test('of random states', () => {
  const roll = dice(17);
  const { chance, pick, whole, between } = roll;
  for (let round = 0; round < 500; ++round) {
    const scene = pick(links.sceneNames);
    const { dimension, layers } = scenes[scene];
    const fallback = links.defaults[scene];
    const own = dimension !== undefined && chance(0.5);
    const state = {
      ...fallback,
      embed: true,
      anonymous: chance(0.5),
      preset: own || dimension === undefined ? '' : dimension === 1 ? 'line-3' : 'obtuse',
      points: own ? Array.from({ length: whole(2, 9) }, () => Array.from({ length: dimension }, () => between(-3, 3))) : [],
      images: dimension === undefined ? Array.from({ length: whole(2, 9) }, () => whole(0, 999)) : fallback.images,
      noise: pick(['balls', 'gaussian', 'fresh']),
      radius: chance(0.5) ? between(0.01, 0.2) : null,
      level: between(0.01, 0.2),
      samples: whole(2, 300),
      noiseSeed: whole(0, 2 ** 32),
      method: pick(['augmented-lagrangian', 'weight-decay']),
      lambda: between(0, 1),
      width: whole(1, 400),
      seed: whole(0, 2 ** 32),
      subspace: chance(0.5),
      layers: layers.filter(() => chance(0.5)),
      field: pick(['closed-form', 'trained']),
      particles: whole(1, 2000),
      heldOut: whole(0, 1000),
    };
    const written = JSON.parse(JSON.stringify(experimentOf(state, scenes[scene].data(state))));
    const read = links.readHash(hashOf(written, pointsOf, viewPart(links, links.writeHash(state))));
    // What the other kind of noise would have is no part of the document.
    const kept = state.noise === 'balls' ? { level: fallback.level } : { radius: null };
    assert.deepEqual(read, { state: { ...state, ...kept }, notes: [] }, `round ${round}, ${scene}`);
  }
});

test('of points that no scene shows there is none, and of what is no document only what can be read', () => {
  assert.throws(() => hashOf({ data: { preset: 'solid' } }, pointsOf), { where: 'data.points', message: /line or in a plane; these have 3 numbers/ });
  for (const odd of [null, 5, 'text', [], {}, { data: 5 }, { data: { points: 'x' } }, { data: { points: [] } }, { data: { points: [5, [1]] } }, { noise: null, training: [] }]) {
    assert.doesNotThrow(() => links.readHash(hashOf(odd, pointsOf)), JSON.stringify(odd));
  }
});
