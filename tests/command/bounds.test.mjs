// Every number of the schema at, below and above its bounds, and of a wrong type, through the
// command. The fields are found in the schema: one that no document below holds fails the test.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { denoise, refusedAt, run, written } from './denoise.mjs';

/** Every number of a schema, as { path, schema }; items of lists are "[]". */
function* numbers(schema, path = '') {
  const type = schema.type ?? (typeof schema.const === 'number' ? 'number' : undefined);
  if (type === 'number' || type === 'integer') yield { path, schema };
  if (schema.items) yield* numbers(schema.items, `${path}[]`);
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    yield* numbers(property, path === '' ? key : `${path}.${key}`);
  }
}

// Estimators that need no fit to their points, so that all documents within bounds give a result.
const small = { version: 1, denoiser: { kind: 'empirical-mmse' }, report: [] };
const far = { points: [[-1e9], [0]] };
const network = { input_weights: [[1]], biases: [0], output_weights: [[1]], skip: [[0]], offset: [0] };
const documents = [
  {
    ...small,
    data: far,
    noise: { radius: 1, samples: 2, seed: 1 },
    training: { width: 1, weight_decay: 0, learning_rate: 1, steps: 1, seed: 1 },
    evaluate: { grid: { lower: [-1e9], upper: [1e9], shape: [2] } },
  },
  { ...small, data: far, noise: { level: 1 }, evaluate: { points: [[1], [2]] } },
  {
    ...small,
    data: { points: [[0], [1]] },
    risk: { prior: 'gaussian-mixture', spread: 1, levels: [1], draws: 2, seed: 1 },
    report: ['risk'],
  },
  {
    ...small,
    data: { points: [[0], [1]] },
    flow: {
      starts: { count: 1, level: 1, seed: 1 }, time: 1, records: 1,
      census: { threshold: 0.1, thresholds: [0.1], resamples: 1 },
    },
    report: ['ends', 'census'],
  },
  { ...small, data: { points: [[0], [1]] }, flow: { starts: { points: [[1]] } }, report: ['ends'] },
  {
    ...small,
    data: { points: [[0], [1]] },
    flow: { kind: 'probability', starts: { count: 1 }, schedule: { greatest: 1, least: 0.1, levels: 2 }, alpha: 1 },
    report: ['ends'],
  },
  { ...small, data: { images: { set: 'tiny', indices: [2, 1], scale: 1 } } },
  {
    ...small,
    denoiser: { kind: 'trained' },
    data: { points: [[0], [1]] },
    noise: { level: 1, samples: 2 },
    training: { width: 1, steps: 1 },
    flow: {
      kind: 'probability', starts: { count: 1 }, schedule: { greatest: 1, least: 0.1, levels: 2 },
      bank: { points: [[0], [1]], noise: 'gaussian', alpha: 1, levels: [{ level: 1, network }, { level: 0.1, network }] },
    },
    report: ['ends'],
  },
];
const tiny = Buffer.from([0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 255, 0, 0, 51]);
const images = () => ['--images', `tiny=${written('tiny', tiny)}`];

// Where the rest of the document leaves less room than the schema: balls that must not touch, images
// that exist, points that must differ and keep their own bound after scaling, levels not lost in
// the points' rounding, a schedule that descends, a bank of the document's own points and levels.
const bank = { 'flow.bank.points[][]': 0, 'flow.bank.levels[].level': 1 };
const greatestHere = { ...bank, 'noise.radius': 499999999, 'data.images.indices[]': 2, 'data.images.scale': 5e8, 'flow.schedule.least': 0.999 };
// A million values would take an unoptimised program a minute, the greatest number of paths or time far more.
if (process.env.DENOISE_REPRODUCE !== '1') Object.assign(greatestHere, { 'evaluate.grid.shape[]': 1000, 'flow.starts.count': 100, 'flow.time': 100 });
const leastHere = { ...bank, 'data.images.scale': 1e-300, 'risk.levels[]': 1e-9, 'flow.schedule.greatest': 0.101 };

/** A copy of the document with the value at the path, lists at their first item; undefined if it has no such path. */
function changed(document, path, value) {
  const copy = structuredClone(document);
  const keys = path.replaceAll('[]', '.0').split('.');
  const parent = keys.slice(0, -1).reduce((object, key) => object?.[key], copy);
  if (parent?.[keys.at(-1)] === undefined) return undefined;
  parent[keys.at(-1)] = value;
  return copy;
}

/** The next double, away from zero or towards more. */
function nextAfter(value, direction) {
  const step = Math.max(Math.abs(value) * Number.EPSILON, Number.MIN_VALUE);
  return value + direction * step;
}

const fields = [...numbers(JSON.parse(denoise(['schema']).stdout))];
test('the schema has numbers', () => assert.ok(fields.length >= 15, `${fields.length} numbers`));

for (const { path, schema } of fields) {
  test(`${path} is held to its bounds`, () => {
    const base = documents.find((document) => changed(document, path, 1) !== undefined);
    assert.ok(base, `no document of this test holds ${path}`);
    const where = path.replaceAll('[]', '[0]');
    const outcome = (value) => run(changed(base, path, value), images());
    const accepted = (value) => {
      const { status, stderr } = outcome(value);
      assert.equal(status, 0, `${path} = ${value}: ${stderr}`);
    };
    const refused = (value) => assert.equal(refusedAt(outcome(value), `${path} = ${JSON.stringify(value)}`), where);

    const whole = schema.type === 'integer';
    const below = (value) => (whole ? value - 1 : nextAfter(value, -1));
    const above = (value) => (whole ? value + 1 : nextAfter(value, 1));
    const least = schema.const ?? schema.minimum ?? above(schema.exclusiveMinimum);
    const greatest = schema.const ?? schema.maximum;
    accepted(leastHere[path] ?? least);
    accepted(greatestHere[path] ?? greatest);
    refused(below(least));
    refused(above(greatest));
    refused(-1e300);
    refused(1e300);
    if (whole) refused(least + 0.5);
    if (path === 'data.images.indices[]') refused(greatestHere[path] + 1);
    for (const wrong of [null, true, '1', [1], { value: 1 }]) refused(wrong);
    const text = JSON.stringify(changed(base, path, 'HERE'));
    for (const huge of ['1e999', '-1e999']) assert.equal(refusedAt(run(text.replace('"HERE"', huge), images())), where);
    refusedAt(run(text.replace('"HERE"', 'NaN'), images()));
  });
}
