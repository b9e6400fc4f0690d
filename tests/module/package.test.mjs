// The npm package in a stranger's project: installed from its tarball, in node, by its README's lines;
// `npm run build:package` makes it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { createModule, experiment } from './create.mjs';

const here = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const tarball = readdirSync(here('dist-package')).find((name) => name.endsWith('.tgz'));
const folder = mkdtempSync(join(tmpdir(), 'denoise-package-'));
after(() => rmSync(folder, { recursive: true }));
const inProject = (program, ...values) => execFileSync(program, values, { cwd: folder, encoding: 'utf8' });

let library;
before(async () => {
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
  inProject('npm', 'install', '--offline', '--no-audit', '--no-fund', here(`dist-package/${tarball}`));
  library = await import(pathToFileURL(join(folder, 'node_modules/libdenoise/index.js')).href);
});

test('the README’s lines train in node', () => {
  for (const readme of [here('README.md'), join(folder, 'node_modules/libdenoise', 'README.md')]) {
    const [, code] = /```js\n([^]*?libdenoise[^]*?)```/.exec(readFileSync(readme, 'utf8')) ?? [];
    assert.ok(code?.trim().split('\n').length <= 10, `at most ten lines in ${readme}`);
    writeFileSync(join(folder, 'readme.mjs'), code);
    assert.match(inProject('node', 'readme.mjs'), /closed form: obtuse simplex: ramps along edges, cost 4\.6579\ntrained: cost 4\.6\d\d\d, \d\.\d\d % away\ncertified: at least 4\.6579\n/);
  }
});

const line = { data: { points: [[-1], [0], [2]] }, noise: { radius: 0.1 }, training: { width: 20, steps: 300 } };

test('trains the same bits as the page’s module, two at once, and tells how it goes', async () => {
  const module = await createModule();
  const bits = (document) => {
    const session = new module.Session();
    session.configure(JSON.stringify({ version: 1, ...document }));
    session.startTraining();
    while (session.trainingStatus().rest === '') session.advance(1e5);
    const checksum = session.checksum();
    session.delete();
    return checksum;
  };
  const other = { ...line, training: { ...line.training, seed: 2 } };
  const told = [];
  const [first, second] = await Promise.all([library.train(line, { progress: (status) => told.push(status.step) }), library.train(other)]);
  assert.equal(first.checksum, bits(line));
  assert.equal(second.checksum, bits(other));
  assert.notEqual(first.checksum, second.checksum);
  assert.equal(told.at(-1), first.status.step);
});

test('weight decay ends by a refit, as in the page and by the command', async () => {
  const { status, gap, network } = await library.train({ ...line, training: { ...line.training, method: 'weight-decay', weight_decay: 1e-4 } });
  assert.equal(status.rest, 'converged');
  assert.ok(gap !== null && gap <= 1e-5, `gap ${gap}`);
  assert.ok(network.biases.length <= 20);
  assert.equal((await library.train(line)).gap, null);
});

test('what has no closed form is compared with its certified least cost', async () => {
  const { comparison } = await library.train({ data: { preset: 'pentagon' }, training: { width: 20, steps: 5 } });
  assert.equal(comparison.form, 'minimum-cost');
});

test('gives closed forms, least costs, alignment and sessions', async () => {
  const pentagon = { data: { preset: 'pentagon' } };
  const least = await library.minimumCost(pentagon);
  assert.ok(least.exists && least.cost >= least.lower_bound && least.cost < least.lower_bound * (1 + 1e-6));
  assert.ok(Math.abs((await library.closedForm(line)).cost - 4.722222222) < 1e-8);
  assert.ok((await library.alignment({ data: { preset: 'acute' } })).faces.input.mean > 0.99);
  assert.ok((await library.alignment({ ...pentagon, denoiser: { kind: 'minimum-cost' } })).edges.input.mean > 0);
  const session = await library.Session.create();
  assert.equal(JSON.parse(session.configure(experiment([[0], [1]]))).count, 2);
  session.delete();
});

test('rejects what the library refuses, bytes that are no module, and ends where it is told to', async () => {
  const refused = { name: 'DenoiseError', where: 'noise.radius', message: /0\.1 apart/ };
  const tight = { data: { points: [[0], [0.1]] }, noise: { radius: 1 } };
  for (const name of ['closedForm', 'train', 'minimumCost', 'alignment']) {
    await assert.rejects(library[name](tight), refused, name);
    await assert.rejects(library[name]('{'), { name: 'DenoiseError', where: 'experiment' }, name);
  }
  await assert.rejects(library.closedForm({ data: { preset: 'pentagon' } }), { name: 'DenoiseError', where: 'denoiser.kind' });
  const { load } = await import(pathToFileURL(join(folder, 'node_modules/libdenoise/loader.js')).href);
  await assert.rejects(load(new Uint8Array(8)).closedForm(line), /no WebAssembly module/);
  const apart = load(readFileSync(join(folder, 'node_modules/libdenoise/denoise.wasm')));
  assert.equal((await apart.train(line)).checksum, (await library.train(line)).checksum);
  const control = new AbortController();
  const endless = library.train({ data: { preset: 'acute' }, training: { steps: 1_000_000 } }, { signal: control.signal });
  setTimeout(() => control.abort(new Error('enough')), 20);
  await assert.rejects(endless, /enough/);
  await assert.rejects(load('file:///nowhere/denoise.wasm').closedForm(line), /could not be loaded from file:\/\/\/nowhere/);
});

test('a signal ends every search, and one that has come already begins none', async () => {
  const apart = { data: { points: Array.from({ length: 40 }, (_, n) => [Math.cos(n * n), n + Math.sin(n * n)]) }, noise: { radius: 0.01 } };
  for (const name of ['minimumCost', 'train', 'alignment']) {
    const early = AbortSignal.abort(new Error('early'));
    await assert.rejects(library[name]('{', { signal: early }), /early/, `${name}: before anything is looked at`);
    const control = new AbortController();
    const sought = library[name]({ ...apart, denoiser: { kind: 'minimum-cost' } }, { signal: control.signal });
    setTimeout(() => control.abort(new Error('late')), 20);
    await assert.rejects(sought, /late/, name);
  }
});

test('reads the document when it is called', async () => {
  const own = structuredClone(line);
  const [form, trained] = [library.closedForm(own), library.train(own)];
  own.data.points[2][0] = 9;
  own.training.seed = 5;
  assert.equal((await form).cost, (await library.closedForm(line)).cost);
  assert.equal((await trained).checksum, (await library.train(line)).checksum);
  assert.equal((await library.closedForm({ version: undefined, ...line })).cost, (await form).cost);
});

test('its module, with search and flows in it, takes at most 300 kB by brotli', () => {
  const module = readFileSync(join(folder, 'node_modules/libdenoise/denoise.wasm'));
  const { length } = brotliCompressSync(module, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  assert.ok(length <= 300_000, `${length} bytes`);
});

test('leaves no names in the global scope, and may be imported where there is no document', async () => {
  const names = 'const before = Object.getOwnPropertyNames(globalThis); await import("libdenoise"); await (await import("libdenoise")).closedForm({ data: { preset: "acute" } }); await import("libdenoise/element"); console.log(Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name)).join());';
  writeFileSync(join(folder, 'names.mjs'), names);
  assert.equal(inProject('node', 'names.mjs'), '\n');
});

test('has types that agree with what it exports, and a manifest of what there is', async () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'node_modules/libdenoise/package.json'), 'utf8'));
  for (const target of Object.values(manifest.exports).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)))) {
    assert.ok(existsSync(join(folder, 'node_modules/libdenoise', target)), target);
  }
  writeFileSync(
    join(folder, 'typed.ts'),
    `import { alignment, closedForm, minimumCost, Session, train, type Trained } from 'libdenoise';
import { load } from 'libdenoise/loader';
import widget, { MinimumNormDenoiser } from 'libdenoise/element';
const trained: Trained = await train({ data: { preset: 'acute' } }, { progress: ({ step }) => step.toFixed() });
const cost: number = (await closedForm('{}')).cost + (await minimumCost({ data: {} })).lower_bound;
const session = await Session.create();
session.delete();
const element: MinimumNormDenoiser = document.createElement('minimum-norm-denoiser');
element.play();
// @ts-expect-error: a number is no document
void alignment(5);
void [trained, cost, load, widget];
`,
  );
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--types', ''];
  for (const [module, resolution] of [['esnext', 'bundler'], ['nodenext', 'nodenext']]) {
    inProject(here('node_modules/.bin/tsc'), ...options, '--module', module, '--moduleResolution', resolution, 'typed.ts');
  }
});
