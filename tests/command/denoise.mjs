// The `denoise` program for its tests; DENOISE_COMMAND names it, and ctest sets that.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

const program = process.env.DENOISE_COMMAND;
assert.ok(program, 'DENOISE_COMMAND must name the denoise program');

/** A folder for the test file's own use. */
export const folder = mkdtempSync(join(tmpdir(), 'denoise-test-'));
after(() => rmSync(folder, { recursive: true }));

export function written(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** `environment` is added to this process's own. */
export const denoise = (values, input = '', environment = {}) =>
  spawnSync(program, values, { input, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, ...environment } });

/** Runs a document (an object, or text as it stands). */
export const run = (document, values = []) =>
  denoise(['run', '-', ...values], typeof document === 'string' ? document : JSON.stringify(document));

/** Asserts a refusal: status 2, the field as JSON, the same sentence on standard error. Returns the field. */
export function refusedAt(outcome, about = '') {
  assert.equal(outcome.status, 2, `${about} ${String(outcome.stderr).slice(0, 300)}`);
  const { version, error } = JSON.parse(outcome.stdout);
  assert.equal(version, 1);
  assert.match(error.message, /\.$/);
  assert.equal(outcome.stderr, `denoise: ${error.where}: ${error.message}\n`);
  return error.where;
}
