// The wings of web/ in their order: each imports only what lies below it, and nothing leads in a circle.
// Types count as imports too, and so do the types that a scene adds to the state.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('../../web', import.meta.url));

// From below: drawing is pure; what the modules are, their types say (*.d.ts); main has it all.
const order = ['drawing', 'denoise.d.ts', 'minimum_cost.d.ts', 'engine', 'store', 'ui', 'scenes', 'story', 'figure', 'package', 'main.tsx'];
// Scenes know what several of them share, and not each other; the index knows them all.
const shared = 'points';
const index = 'scenes/index.ts';

const files = readdirSync(web, { recursive: true })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && path !== 'env.d.ts');

/** The files of web/ that this one imports. */
function importsOf(file) {
  const text = readFileSync(join(web, file), 'utf8');
  const named = [...text.matchAll(/\b(?:from|import|import\(|declare module) ?'(\.[^'?]*)/g)].map(([, path]) => normalize(join(dirname(file), path)));
  return named.map((path) => ['', '.ts', '.tsx', '.d.ts'].map((end) => path + end).find((path) => files.includes(path))).filter(Boolean);
}
const imports = new Map(files.map((file) => [file, importsOf(file)]));
const wingOf = (file) => file.split('/')[0];

test('every file lies in a wing', () => {
  for (const file of files) assert.ok(order.includes(wingOf(file)), file);
  assert.ok([...imports.values()].flat().length > 2 * files.length, 'the imports are found');
});

test('a wing imports only what lies below it', () => {
  for (const [file, list] of imports) {
    for (const other of list) {
      assert.ok(order.indexOf(wingOf(other)) <= order.indexOf(wingOf(file)), `${file} imports ${other}`);
    }
  }
});

test('a scene imports no other scene', () => {
  const sceneOf = (file) => file.split('/')[1];
  for (const [file, list] of imports) {
    if (wingOf(file) !== 'scenes' || file === index) continue;
    for (const other of list.filter((path) => wingOf(path) === 'scenes')) {
      assert.ok([sceneOf(file), shared].includes(sceneOf(other)), `${file} imports ${other}`);
    }
  }
});

test('no imports lead in a circle', () => {
  const done = new Set();
  const visit = (file, path) => {
    assert.ok(!path.includes(file), `${[...path.slice(path.indexOf(file)), file].join(' -> ')}`);
    if (done.has(file)) return;
    for (const other of imports.get(file)) visit(other, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

test('drawing, ui and scenes look nothing up in the whole document, which may hold several figures', () => {
  for (const file of files.filter((path) => ['drawing', 'ui', 'scenes'].includes(wingOf(path)))) {
    assert.doesNotMatch(readFileSync(join(web, file), 'utf8'), /document\.(querySelector|getElement)/, file);
  }
});
