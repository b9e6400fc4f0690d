// Particles that flow, through the module's JavaScript surface (web/minimum_cost.d.ts).
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createModule, experiment, Flows } from './create.mjs';

const right = Float64Array.of(0, 0, 2, 0, 0, 1.5);
const settings = { kind: 'probability', sigma: 0.6, steps: 8, particles: 50, frames: 11, low: [-1, -1], high: [3, 3], nodes: 5 };

/** A flow to its end, as copies. */
function flow(change = {}, networks = []) {
  const flows = new Flows();
  try {
    flows.begin(right, 2, JSON.stringify({ ...settings, ...change }), JSON.stringify(networks));
    while (flows.advance() < 4) { /* goes on */ }
    return { paths: flows.paths().slice(), basins: flows.basins().slice(), text: flows.result(), ...JSON.parse(flows.result()) };
  } finally {
    flows.delete();
  }
}
const starts = ({ paths }) => paths.slice(0, 2 * settings.particles);
const ends = ({ paths }) => paths.slice(-2 * settings.particles);

/** Values of the closed form at this radius, by the other module. */
async function closedForm(radius, points) {
  const { Session } = await createModule();
  const session = new Session();
  session.configure(experiment([[0, 0], [2, 0], [0, 1.5]], { radius }));
  return session.evaluate('closed-form', points).slice();
}

test('on orthogonal points the probability flow ends at one application of the first denoiser', async () => {
  for (const sampler of ['euler', 'heun']) {
    const found = flow({ sampler });
    const expected = await closedForm(0.6, starts(found));
    ends(found).forEach((v, i) => assert.ok(Math.abs(v - expected[i]) < 1e-12, `${sampler} ${i}: ${v}, expected ${expected[i]}`));
  }
});

test('the score flow ends at clean points and their sum, which are its stable points', () => {
  const found = flow({ kind: 'score', radius: 0.2 });
  const [training, virtual, ...others] = found.classes.map(({ count }) => count);
  assert.equal(training + virtual, settings.particles);
  assert.deepEqual(others, [0, 0, 0]);
  assert.equal(found.frame, 'box');
  assert.deepEqual(found.virtual, [{ point: [2, 1.5], members: [1, 2] }]);
  assert.equal(found.stationary.filter(({ stability }) => stability === 'stable').length, 4);
  assert.equal(found.stationary.length, 9);
  assert.equal(found.basins[0], 0, 'the corner below ends at the first point');
  assert.equal(found.basins[24], 1 + 8 * (2 + 4), 'that above at the sum of the others');
  assert.equal(found.bends.length, 4);
});

test('classes sum to the particles, and shares have intervals', () => {
  const found = flow();
  assert.equal(found.classes.reduce((sum, { count }) => sum + count, 0), settings.particles);
  for (const { value, low, high, count } of found.classes) {
    assert.equal(value, count / settings.particles);
    assert.ok(low <= value && value <= high);
  }
  assert.deepEqual([found.times[0], found.times.at(-1)], [0.6, 0]);
});

test('the path of any start ends where a particle from there does, and crosses when the formula says', () => {
  const flows = new Flows();
  try {
    flows.begin(right, 2, JSON.stringify({ ...settings, kind: 'score', radius: 0.3 }), '[]');
    while (flows.advance() < 4) { /* goes on */ }
    const path = JSON.parse(flows.path(Float64Array.of(1.1, 0.2)));
    const leaves = ((2 - 0.6) / 0.6) * Math.log(0.7 / 0.1); // docs/theory.md, section 8
    assert.equal(path.crossing_times.length, 1);
    assert.ok(Math.abs(path.crossing_times[0] - leaves) < 1e-9);
    assert.deepEqual(path.end.points, [1]);
    assert.deepEqual(path.points[0], [1.1, 0.2]);
    assert.ok(Math.hypot(path.points.at(-1)[0] - 2, path.points.at(-1)[1]) < 1e-9);
    assert.throws(() => flows.path(Float64Array.of(1)), { where: 'flow.starts' });
  } finally {
    flows.delete();
  }
});

test('values are those of the denoiser in force at a level', async () => {
  const flows = new Flows();
  try {
    flows.begin(right, 2, JSON.stringify(settings), '[]');
    while (flows.advance() < 4) { /* goes on */ }
    const y = Float64Array.of(0.9, 0.4, 1.2, 1);
    const expected = await closedForm(0.6, y);
    flows.values(0.6, y).forEach((v, i) => assert.ok(Math.abs(v - expected[i]) < 1e-12));
    assert.throws(() => flows.values(0.6, Float64Array.of(1, NaN)), { where: 'flow.starts' });
  } finally {
    flows.delete();
  }
});

test('two runs have the same bits', () => {
  for (const change of [{}, { kind: 'score', radius: 0.2 }, { denoiser: 'minimum-cost', steps: 2 }, { denoiser: 'empirical-mmse' }]) {
    const [first, second] = [flow(change), flow(change)];
    assert.deepEqual(first.paths, second.paths);
    assert.equal(first.text, second.text);
  }
});

test('a network that is given flows too', () => {
  const network = { input_weights: [], biases: [], output_weights: [], skip: [[0, 0], [0, 0]], offset: [2, 0] };
  const found = flow({ kind: 'score', denoiser: 'trained' }, [network]);
  assert.equal(found.classes[0].count, settings.particles, 'all end at its constant, a clean point');
});

test('what is out of bounds is refused in words, at its field', () => {
  const refused = (change, where, words, networks = []) =>
    assert.throws(() => flow(change, networks), (error) => {
      assert.equal(error.name, 'DenoiseError');
      assert.equal(error.where, where);
      assert.match(error.message, words);
      return true;
    });
  refused({ sigma: 1 }, 'flow.sigma', /At sigma_T = 1 .*1\.5 apart/);
  refused({ sigma: 0 }, 'flow.sigma', /above 0/);
  refused({ sigma: 0.005 }, 'flow.schedule', /0\.005 to 0\.01/);
  refused({ particles: 1e9 }, 'flow.particles', /1 to 2000/);
  refused({ steps: 1e12 }, 'flow.steps', /at most 400/);
  refused({ nodes: 1000 }, 'flow.nodes', /2 to 101/);
  refused({ sampler: 'leap' }, 'flow.sampler', /euler, heun/);
  refused({ denoiser: 'trained' }, 'flow.denoisers', /needs 8/);
  refused({ colour: 1 }, 'flow.colour', /no key/);
  const flows = new Flows();
  assert.throws(() => flows.advance(), /No flow has begun/);
  flows.begin(right, 2, JSON.stringify(settings), '[]');
  assert.throws(() => flows.paths(), /still on their way/);
  flows.delete();
});
