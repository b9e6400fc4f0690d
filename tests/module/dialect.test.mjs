// The keys that web/denoise.d.ts declares are those that the module really writes, and where the
// denoise command writes the same things it writes them by the same names.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { createModule, takeLeastCost } from './create.mjs';

const path = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const module = await createModule();
const types = interfaces(readFileSync(path('web/denoise.d.ts'), 'utf8'));

/** The file's interfaces: name -> members, each { type, optional }. Strings and comments hold no braces. */
function interfaces(text) {
  const found = {};
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  for (const { 1: name, index, 0: head } of code.matchAll(/export interface (\w+)[^{]*\{/g)) {
    found[name] = members(block(code, index + head.length));
  }
  return found;
}

/** What stands before the brace that closes the one before `start`. */
function block(code, start) {
  for (let at = start, depth = 1; at < code.length; at += 1) {
    depth += { '{': 1, '}': -1 }[code[at]] ?? 0;
    if (depth === 0) return code.slice(start, at);
  }
  return assert.fail('a brace is not closed');
}

/** Members of an interface's body; those of an object type inside it belong to their member. */
function members(body) {
  const found = {};
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= body.length; at += 1) {
    depth += { '{': 1, '(': 1, '[': 1, '}': -1, ')': -1, ']': -1 }[body[at]] ?? 0;
    if (depth > 0 || (at < body.length && body[at] !== ';')) continue;
    const [, name, optional, type] = /^\s*(\w+)(\??)\s*:\s*([\s\S]*?)\s*$/.exec(body.slice(start, at)) ?? [];
    if (name !== undefined) found[name] = { type, optional: optional === '?' };
    start = at + 1;
  }
  return found;
}

/** Where a value's keys differ from its type's; the sentences name the places. */
function differences(value, type, at) {
  const alternatives = type.split('|').map((each) => each.trim());
  if (value === null) return alternatives.includes('null') ? [] : [`${at} is null`];
  const [, item] = /^(?:null\s*\|\s*)?([\s\S]*)\[\]$/.exec(type) ?? [];
  if (item !== undefined) {
    if (!Array.isArray(value)) return [`${at} is no list`];
    return value.flatMap((each, n) => differences(each, item, `${at}[${n}]`));
  }
  const inner = /^(?:null\s*\|\s*)?\{([\s\S]*)\}$/.exec(type)?.[1];
  const named = alternatives.find((each) => each in types);
  const known = inner !== undefined ? members(inner) : types[named];
  if (known === undefined) {
    if (typeof value === 'object') return [`${at} is an object and not ${type}`];
    const fits = alternatives.some((each) => each === typeof value || each === `'${value}'` || each === String(value) || each === 'Which');
    return fits ? [] : [`${at} is ${JSON.stringify(value)} and not ${type}`];
  }
  if (typeof value !== 'object' || Array.isArray(value)) return [`${at} is no object`];
  const unknown = Object.keys(value).filter((key) => !(key in known)).map((key) => `${at}.${key} is not declared`);
  return Object.entries(known).reduce((all, [key, { type: of, optional }]) => {
    if (key in value) return [...all, ...differences(value[key], of, `${at}.${key}`)];
    return optional ? all : [...all, `${at}.${key} is not there`];
  }, unknown);
}

const written = (value, type) => assert.deepEqual(differences(value, type, type), []);

/** One that has all reports which can be compared. */
const document = (points, kind = 'closed-form', rest = {}) => JSON.stringify({
  version: 1, data: { points }, noise: { radius: 0.1, samples: 20 }, denoiser: { kind },
  training: { width: 20, steps: 40 }, ...rest,
});
const equilateral = [[0, 1], [-Math.sqrt(3) / 2, -0.5], [Math.sqrt(3) / 2, -0.5]];
const rays = [[0, 0], [1, 0], [2.5, 0], [-1, -0.5]];
const quadrilateral = [[0, 0], [1, 0], [0.8, 1], [0, 1]];
const simplex = Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (_, j) => (i === j ? 1 : 0)));

/** What a session says of an experiment that it has trained. */
function said(text) {
  const session = new module.Session();
  let description = JSON.parse(session.configure(text));
  if (description.searching) description = JSON.parse(takeLeastCost(session, description));
  session.startTraining();
  while (session.trainingStatus().rest === '') session.advance(1000);
  const answers = {
    description, status: session.trainingStatus(), comparison: JSON.parse(session.comparison()),
    alignment: JSON.parse(session.alignment('trained')), network: JSON.parse(session.network('trained')),
    history: JSON.parse(session.history()),
  };
  session.delete();
  return answers;
}

test('the module writes the keys that web/denoise.d.ts declares', () => {
  for (const points of [equilateral, rays, quadrilateral, simplex]) {
    const { description, status, comparison, alignment, network, history } = said(document(points));
    // The command's keys of a document are more than a page asks for.
    const { evaluate, risk, report, ...experiment } = description.experiment;
    assert.deepEqual([evaluate, risk], [undefined, undefined]);
    assert.ok(Array.isArray(report));
    written({ ...description, experiment }, 'Description');
    written(status, 'TrainingStatus');
    written(comparison, 'Comparison | null');
    written(alignment, 'AlignmentReport');
    written(network, 'Network');
    assert.ok(history.length > 1);
    written(history, 'HistoryEntry[]');
    assert.equal(description.closed_form === null, points === quadrilateral || points === simplex);
    const kind = points === quadrilateral ? 'minimum-cost' : points === simplex ? undefined : 'closed-form';
    assert.equal(description.reference?.kind, kind);
    assert.equal(comparison === null, points === simplex);
    assert.equal(description.ramps?.kind, points === simplex ? 'split-ramp' : undefined);
  }
  written(JSON.parse(module.presets()), 'Preset[]');
  written(JSON.parse(module.limits()), 'Limits');
  written(JSON.parse(module.choices()), 'Choices');
});

test('every denoiser that the page names is one of the module', () => {
  const [, union] = /type Which = ([^;]*);/.exec(readFileSync(path('web/denoise.d.ts'), 'utf8'));
  const known = JSON.parse(module.choices()).denoisers.map(({ name }) => name);
  const named = Array.from(union.matchAll(/'([\w-]+)'/g), ([, name]) => name);
  assert.ok(named.length >= 4);
  for (const name of named) assert.ok(known.includes(name), name);
});

const command = path('build/native/cli/denoise');
test('the command writes the same by the same names', { skip: !existsSync(command) && `${command} is not built` }, () => {
  const text = document(rays, 'trained', { report: ['alignment', 'comparison', 'history', 'network'] });
  const result = JSON.parse(execFileSync(command, ['run', '-'], { input: text, encoding: 'utf8' }));
  const { comparison, ...own } = said(text);
  written(result.alignment, 'AlignmentReport');
  written(result.history, 'HistoryEntry[]');
  written(result.network, 'Network');
  for (const key of Object.keys(result.comparison)) assert.ok(key in comparison, key);
  assert.equal(result.denoiser.affine_dimension, own.description.affine_dimension);
  for (const key of ['loss', 'initial_loss', 'greatest_residual', 'converged', 'rest', 'reason']) {
    assert.ok(key in result.denoiser && key in own.status, key);
  }
});

test('what it would refuse', () => {
  const status = { step: 1, loss: 1, initial_loss: 1, greatest_residual: 1, cost: 1, converged: true, rest: '', reason: '' };
  const faults = (change) => differences({ ...status, ...change }, 'TrainingStatus', 'status');
  assert.deepEqual(faults({}), []);
  assert.deepEqual(faults({ initialLoss: 1 }), ['status.initialLoss is not declared']);
  assert.deepEqual(faults({ rest: 'asleep' }), [`status.rest is "asleep" and not ${types.TrainingStatus.rest.type}`]);
  const { loss, ...less } = status;
  assert.deepEqual(differences(less, 'TrainingStatus', 'status'), ['status.loss is not there']);
  assert.ok(loss);
});
