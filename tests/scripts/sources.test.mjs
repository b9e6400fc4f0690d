// Every public header names its source, and whatever cites a text of the repository cites one that
// is there: a file, and in docs/theory.md a section.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const self = fileURLToPath(import.meta.url);
const theory = 'docs/theory.md';
const made = new Set(['build', 'dist', 'dist-single', 'dist-figure', 'dist-package', 'node_modules', 'playwright-report', 'test-results']);
const written = /\.(md|h|cpp|c?js|mjs|ts|tsx|css|html|txt|cmake|in|json|py|cff)$|^(Doxyfile|run|setup|test)$/;

/** The repository's written files, as paths from its root. */
function* files(folder = root) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || made.has(entry.name) || path === self) continue;
    if (entry.isDirectory()) yield* files(path);
    else if (written.test(entry.name) && entry.name !== 'package-lock.json') yield relative(root, path);
  }
}

/** A file in one line, without what begins lines of comments: a citation may be broken between two. */
const flat = (path) => readFileSync(join(root, path), 'utf8').replace(/\n\s*(?:\/\/\/?|\*(?!\/)|#(?!#))?\s*/g, ' ');

/** The numbers of a text's sections, from its headings. */
const sections = (text) => new Set(Array.from(text.matchAll(/^#+ (\d+(?:\.\d+)*)\.? /gm), ([, number]) => number));

/** What a file cites that is not there, each as one sentence. */
function missing(path, text, known, exists) {
  const faults = [];
  for (const [, file] of text.matchAll(/(?<![\w/.:@%-])((?:[\w.-]+\/)*[\w-]+\.md)\b/g)) {
    if (!exists(file) && !exists(join(dirname(path), file))) faults.push(`${path} names ${file}`);
  }
  // "section 4.1", "sections 3 and 4.1 to 4.7", "§ 2", each of a text that is named right before; and
  // a theory with a number behind it, which is how a section is cited in short.
  const number = String.raw`\d+(?:\.\d+)*`;
  const list = new RegExp(String.raw`(?:\bsections?|§)\s*(${number}(?:(?:,| and| to| or)+\s+${number})*)`, 'gi');
  for (const { index, 0: cited, 1: numbers } of text.matchAll(list)) {
    const named = path === theory || text.slice(0, index).endsWith(`${theory}, `);
    if (!named) faults.push(`${path} cites "${cited}" without "${theory}, " before it`);
    for (const each of numbers.match(/\d+(?:\.\d+)*/g)) {
      if (!known.has(each)) faults.push(`${path} cites section ${each}, which ${theory} has not`);
    }
  }
  for (const [cited] of text.matchAll(/\btheory(?:\.md)?[,:(]?\s*\d[\d.]*/gi)) faults.push(`${path} cites "${cited}", which is no section of a text`);
  return faults;
}

const known = sections(readFileSync(join(root, theory), 'utf8'));
const exists = (path) => existsSync(join(root, path));

test('every public header names its source, in its @file comment', () => {
  const folder = 'libdenoise/include/denoise';
  const headers = readdirSync(join(root, folder)).filter((name) => name.endsWith('.h'));
  assert.ok(headers.length > 10);
  for (const name of headers) {
    const [head] = readFileSync(join(root, folder, name), 'utf8').split('#pragma once');
    assert.match(head, /^\/\/\/ @file\n/, name);
    assert.match(head, /^\/\/\/ Source: \S/m, `${name} has no line "/// Source: ..."`);
  }
});

test('no file cites a text, or a section of one, that is not in the repository', () => {
  assert.ok(known.has('1') && known.has('4.10') && known.has('11'));
  const faults = [];
  for (const path of files()) faults.push(...missing(path, flat(path), known, exists));
  assert.deepEqual(faults, []);
});

test('what it would refuse', () => {
  const faults = (text) => missing('libdenoise/src/a.h', text, new Set(['3', '4.1']), (path) => path === theory);
  assert.deepEqual(faults('as in docs/theory.md, sections 3 and 4.1, and by Zeno et al. 2023'), []);
  for (const text of [
    'see docs/theory.md, section 12',
    'see docs/theory.md, sections 3 to 5',
    'see theory.md section 3',
    'see docs/minimum_cost.md',
    '(section 3)',
    'the theory (theory 4.1)',
    'theory 4, "ramps"',
  ]) {
    assert.notDeepEqual(faults(text), [], text);
  }
});
