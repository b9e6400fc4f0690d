// The `denoise` program for its tests; DENOISE_COMMAND names it, and ctest sets that.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

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

/** Runs a document and sends Ctrl-C as soon as the command has asked to be told of it. */
export async function interrupted(document) {
  const child = spawn(program, ['run', '-']);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => (stdout += data));
  child.stderr.on('data', (data) => (stderr += data));
  const closed = new Promise((resolve) => child.on('close', (status, signal) => resolve({ status, signal })));
  child.stdin.end(JSON.stringify(document));
  const catches = () => {
    const [, mask] = /^SigCgt:\s*([0-9a-f]+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [, '0'];
    return (BigInt(`0x${mask}`) & 2n) !== 0n; // bit n - 1 is signal n, SIGINT is 2
  };
  while (child.exitCode === null && !catches()) await wait(5);
  child.kill('SIGINT');
  return { ...(await closed), stdout, stderr };
}

/** Asserts a refusal: status 2, the field as JSON, the same sentence on standard error. Returns the field. */
export function refusedAt(outcome, about = '') {
  assert.equal(outcome.status, 2, `${about} ${String(outcome.stderr).slice(0, 300)}`);
  const { version, error } = JSON.parse(outcome.stdout);
  assert.equal(version, 1);
  assert.match(error.message, /\.$/);
  assert.equal(outcome.stderr, `denoise: ${error.where}: ${error.message}\n`);
  return error.where;
}
