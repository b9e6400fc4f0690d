// The closing summary of scripts/test, from reports as the test programs write them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../scripts/tally.mjs', import.meta.url));

/** The summary's lines and exit status for files in a folder. */
function tally(files, ...parts) {
  const folder = mkdtempSync(join(tmpdir(), 'denoise-tally-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, folder, ...parts], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  assert.equal(stderr, '');
  return { lines: stdout.trimEnd().split('\n'), status };
}

const ctest = (...cases) =>
  `<?xml version="1.0"?>\n<testsuite name="c" tests="${cases.length}">\n${cases
    .map(([status, output]) => `\t<testcase name="t" classname="t" time="0.1" status="${status}">\n<system-out>${output}</system-out>\n\t</testcase>`)
    .join('\n')}\n</testsuite>\n`;

/** A test in a report of Playwright. */
const spec = (title, status, message) => ({
  title, file: 'f.ts', ok: status !== 'unexpected', tests: [{ status, results: [{ errors: message ? [{ message }] : [] }, { errors: [] }] }],
});

test('all is well: a line for each part, then one for all', () => {
  const { lines, status } = tally(
    {
      'native.xml': ctest(['run', '[==========]\n[  PASSED  ] 150 tests.\n'], ['run', '[  PASSED  ] 1 test.'], ['run', 'cost 4.6'], ['run', 'TAP version 13\n# pass 12\n# fail 0\n']),
      'native.status': '0 95\n',
      'node.tap': '# pass 7\n# fail 0\n# cancelled 0\n# skipped 0\n',
      'node.status': '0 3\n',
      'page.json': JSON.stringify({ stats: { expected: 90, unexpected: 0, flaky: 0, skipped: 2 } }),
      'page.status': '0 200\n',
    },
    'native', 'node', 'page',
  );
  assert.deepEqual(lines, ['native: 164 passed, 0 failed (95 s)', 'node: 7 passed, 0 failed (3 s)', 'page: 90 passed, 0 failed, 2 skipped (200 s)', '261 passed, 0 failed, 2 skipped']);
  assert.equal(status, 0);
});

test('failed tests, a crash, a build that fails and a part that was not run are failures', () => {
  const { lines, status } = tally(
    {
      'native.xml': ctest(['fail', '[  PASSED  ] 9 tests.\n[  FAILED  ] 2 tests, listed below:\n[  FAILED  ] Trainer.Rests\n[  FAILED  ] Trainer.Rests\n'], ['fail', 'Segmentation fault'], ['run', '']),
      'native.status': '8 5\n',
      'wasm.status': '1 2\n', // its build failed: no report
      'page.json': JSON.stringify({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 }, suites: [{ specs: [], suites: [{ specs: [spec('a', 'expected'), spec('b', 'unexpected', '\u001b[31mError: too late\u001b[39m\n\n  at 3 s'), spec('c', 'flaky', 'Error: once')] }] }] }),
      'page.status': '1 9\n',
      'sanitized.status': '0 4\n', // no report
      'build.status': '0 30\n', // no tests of its own
    },
    'build', 'native', 'wasm', 'page', 'node', 'sanitized',
  );
  assert.deepEqual(lines, [
    'build: done (30 s)',
    'native: 10 passed, 3 failed (5 s)',
    '  failed: Trainer.Rests',
    '  failed: t',
    'wasm: 0 passed, 1 failed (ended with status 1 after 2 s)',
    'page: 4 passed, 1 failed (9 s)',
    '  failed: f.ts: b',
    '    Error: too late',
    '    at 3 s',
    '  passed at its second try: f.ts: c',
    '    Error: once',
    'node: 0 passed, 1 failed (not run)',
    'sanitized: 0 passed, 1 failed (ended with status 0 after 4 s)',
    '14 passed, 7 failed',
  ]);
  assert.equal(status, 1);
});
