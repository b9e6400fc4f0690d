// The wings of libdenoise/src in their order, as docs/architecture.md draws them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { circle, faults, order, picture, readWings } from '../../scripts/wings.mjs';

const files = readWings();
const longest = 350; // lines of a source, unless a comment in its head, "// Long: ...", says why

test('every source and every public header lies in a wing', () => {
  assert.deepEqual(files.filter(({ wing }) => !order.includes(wing)).map(({ path }) => path), []);
  assert.ok(files.flatMap(({ includes }) => includes).length > 2 * files.length, 'the includes are found');
});

test('a wing includes only itself and what lies below it', () => {
  assert.deepEqual(faults(files), []);
});

test('no includes lead in a circle', () => {
  assert.equal(circle(files), null);
});

test('what breaks the order is found, and a circle too', () => {
  const broken = files.map((file) => (file.path === 'src/base/format.h' ? { ...file, includes: ['src/training/schedule.h'] } : file));
  assert.deepEqual(faults(broken), [['src/base/format.h', 'src/training/schedule.h']]);
  const round = files.map((file) => (file.path === 'include/denoise/matrix.h' ? { ...file, includes: ['include/denoise/error.h'] } : file.path === 'include/denoise/error.h' ? { ...file, includes: ['include/denoise/matrix.h'] } : file));
  assert.equal(circle(round)?.length, 3);
});

test('the picture of docs/architecture.md is that of the sources; node scripts/wings.mjs draws it', () => {
  const text = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8');
  assert.ok(text.includes(picture(files)), picture(files));
  for (const wing of order) assert.match(text, new RegExp(`\\| \`${wing}\` \\|`), wing);
});

test(`no source is longer than ${longest} lines without a reason in its head`, () => {
  const long = files.filter(({ lines, text }) => lines > longest && !/^\/\/ Long: /m.test(text.slice(0, 2000)));
  assert.deepEqual(long.map(({ path, lines }) => `${path}: ${lines}`), []);
});
