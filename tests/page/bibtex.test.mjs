// The page cites what CITATION.cff does.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { openPage } from './load.mjs';

const page = await openPage();
after(() => page.close());

test('titles, authors, years and arXiv numbers are those of CITATION.cff', async () => {
  const { bibtex } = await page.load('ui/bibtex.ts');
  const text = bibtex('http://page/#points=0,0;1,2&note=50%25', { version: '9.9.9', seed: 3, noiseSeed: 4, step: 5, checksum: '0123456789abcdef' });
  const cff = readFileSync(new URL('../../CITATION.cff', import.meta.url), 'utf8');
  const all = (pattern) => [...cff.matchAll(pattern)].map(([, found]) => found);
  const titles = all(/^\s*title: "(.*)"/gm);
  assert.equal(titles.length, 3);
  for (const part of [...titles, ...all(/value: "arXiv:([\d.]+)"/g), ...all(/year: (\d+)/g), ...all(/collection-title: "(.*)"/g)]) assert.ok(text.includes(`{${part}}`), part);
  const people = [...cff.matchAll(/family-names: (\w+), given-names: (\w+)/g)].map(([, family, given]) => `${family}, ${given}`);
  const cited = [...text.matchAll(/author {4}= \{(.*)\}/g)].flatMap(([, names]) => names.split(' and '));
  assert.deepEqual(cited, people);
  assert.match(text, /version = \{9\.9\.9\}/);
  assert.match(text, /url {5}= \{http:\/\/page\/\\#points=0,0;1,2&note=50\\%25\}/);
  assert.match(text, /seed 3, noise seed 4, step 5, network 0123456789abcdef/);
});
