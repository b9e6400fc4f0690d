// The closing summary of scripts/test: node scripts/tally.mjs FOLDER PART...
//
// For each part FOLDER holds PART.status ("exit status, seconds"; absent where it was not run) and
// the report of its tests: PART.xml of ctest, PART.tap of node or PART.json of Playwright; the part
// "build" has none. A part that ended badly without a failed test (its build failed, it crashed, it
// left no report) counts as one failed. The names of failed tests follow their part, with what the
// browser's said first; a test that passed at its second try only is named too. The exit status is 1
// where anything failed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const none = { passed: 0, failed: 0, skipped: 0 };
const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped });

/** The sum of the numbers that a pattern's first group has in the text; undefined without any. */
const sum = (text, pattern) => [...text.matchAll(pattern)].reduce((total, [, n]) => (total ?? 0) + Number(n), undefined);

/** One test of ctest: a program of many tests counts as what it says it ran. */
function ofCtest([, status, output]) {
  const passed = sum(output, /\[  PASSED  \] (\d+) test/g) ?? sum(output, /^(?:#|ℹ) pass (\d+)$/gm);
  const failed = sum(output, /\[  FAILED  \] (\d+) test/g) ?? sum(output, /^(?:#|ℹ) fail (\d+)$/gm) ?? 0;
  const skipped = sum(output, /\[  SKIPPED \] (\d+) test/g) ?? sum(output, /^(?:#|ℹ) skipped (\d+)$/gm) ?? 0;
  if (status === 'run') return { passed: passed ?? 1, failed, skipped };
  if (status === 'fail') return { passed: passed ?? 0, failed: Math.max(1, failed), skipped };
  return { passed: 0, failed: 0, skipped: 1 };
}

/** How a try of a test ended: the first lines of its first error, without colours. */
function firstError({ tests }) {
  const [error] = tests.flatMap(({ results }) => results).flatMap(({ errors }) => errors);
  const lines = error?.message.replace(/\u001b\[[\d;]*m/g, '').split('\n').filter((line) => line.trim() !== '') ?? [];
  return lines.slice(0, 6).map((line) => `\n    ${line.trim().slice(0, 200)}`).join('');
}

/** The tests that did not pass at once in a report of Playwright, each with its file. */
const lostSpecs = (suite) => [
  ...(suite.specs ?? [])
    .filter(({ ok, tests }) => !ok || tests.some(({ status }) => status === 'flaky'))
    .map((spec) => `${spec.ok ? 'passed at its second try' : 'failed'}: ${spec.file}: ${spec.title}${firstError(spec)}`),
  ...(suite.suites ?? []).flatMap(lostSpecs),
];

/** A line for each test that failed, with its name as the report has it. */
const names = {
  xml: (text) => {
    const cases = [...text.matchAll(/<testcase name="([^"]*)"[^>]*?status="fail"[^>]*>(.*?)<\/testcase>/gs)];
    return cases.flatMap(([, name, output]) => {
      const own = [...output.matchAll(/^\[  FAILED  \] (\w+\.[^\s,]+)(?:,.*)?$/gm)].map(([, test]) => test);
      return (own.length > 0 ? [...new Set(own)] : [name]).map((each) => `failed: ${each}`);
    });
  },
  tap: (text) => [...text.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, name]) => `failed: ${name}`),
  json: (text) => lostSpecs(JSON.parse(text)),
};

const readers = {
  xml: (text) => [...text.matchAll(/<testcase [^>]*?status="(\w+)"[^>]*>(.*?)<\/testcase>/gs)].map(ofCtest).reduce(add, none),
  tap: (text) => ({
    passed: sum(text, /^# pass (\d+)$/gm) ?? 0,
    failed: (sum(text, /^# fail (\d+)$/gm) ?? 0) + (sum(text, /^# cancelled (\d+)$/gm) ?? 0),
    skipped: sum(text, /^# skipped (\d+)$/gm) ?? 0,
  }),
  json: (text) => {
    const { expected, unexpected, flaky, skipped } = JSON.parse(text).stats;
    return { passed: expected + flaky, failed: unexpected, skipped };
  },
};

/** What a part came to. */
function outcome(folder, part) {
  const status = join(folder, `${part}.status`);
  if (!existsSync(status)) return { ...none, failed: 1, said: 'not run' };
  const [code, seconds] = readFileSync(status, 'utf8').trim().split(' ').map(Number);
  const kind = Object.keys(readers).find((each) => existsSync(join(folder, `${part}.${each}`)));
  const report = kind && readFileSync(join(folder, `${part}.${kind}`), 'utf8');
  const counts = kind ? { ...readers[kind](report), lost: names[kind](report) } : none;
  const complete = code === 0 && (kind !== undefined || part === 'build');
  if (!complete && counts.failed === 0) return { ...counts, failed: 1, said: `ended with status ${code} after ${seconds} s` };
  return { ...counts, said: `${seconds} s` };
}

const words = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

const [folder, ...parts] = process.argv.slice(2);
let total = none;
for (const part of parts) {
  const { said, lost = [], ...counts } = outcome(folder, part);
  console.log(`${part}: ${part === 'build' && counts.failed === 0 ? 'done' : words(counts)} (${said})`);
  for (const line of lost) console.log(`  ${line}`);
  total = add(total, counts);
}
console.log(words(total));
process.exitCode = total.failed > 0 ? 1 : 0;
