// Tests of the `denoise` command: what it prints, its exit statuses, and the stated numbers of
// reproduce/. DENOISE_REPRODUCE=1 also remakes reproduce/ (about a minute, optimised).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { denoise, folder, interrupted, refusedAt, run, written } from './denoise.mjs';

const reproduce = fileURLToPath(new URL('../../reproduce/', import.meta.url));
const obtuse = { version: 1, data: { points: [[0, 0], [2, 0], [-0.5, 1]] }, noise: { radius: 0.1 } };

describe('run', () => {
  test('prints the result of standard input, of a file, and into a file', () => {
    const piped = run(obtuse);
    assert.equal(piped.status, 0, piped.stderr);
    assert.equal(piped.stderr, '');
    const result = JSON.parse(piped.stdout);
    assert.ok(Math.abs(result.cost - 4.657935938) < 1e-8, `cost ${result.cost}`);
    const file = written('obtuse.json', JSON.stringify(obtuse));
    assert.equal(denoise(['run', file]).stdout, piped.stdout);
    const out = join(folder, 'out.json');
    const quiet = denoise(['run', file, '--out', out]);
    assert.equal(quiet.status, 0);
    assert.equal(quiet.stdout, '');
    assert.equal(readFileSync(out, 'utf8'), piped.stdout);
    // The experiment as run gives the same again, checksum included.
    assert.equal(run(result.experiment).stdout, piped.stdout);
  });

  test('reads images beside the experiment, and named sets', () => {
    const idx = Buffer.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 255, 0]);
    const images = written('two-images', idx);
    const of = (choice) => JSON.stringify({ version: 1, data: { images: { indices: [0, 1], ...choice } } });
    const byFile = denoise(['run', written('images.json', of({ file: 'two-images' }))]);
    assert.equal(byFile.status, 0, byFile.stderr);
    assert.equal(JSON.parse(byFile.stdout).denoiser.form, 'one-dimensional');
    const bySet = denoise(['run', '-', '--images', `tiny=${images}`], of({ set: 'tiny' }));
    assert.equal(bySet.status, 0, bySet.stderr);
    assert.equal(JSON.parse(bySet.stdout).cost, JSON.parse(byFile.stdout).cost);
    const broken = denoise(['run', '-', '--images', `tiny=${written('broken', idx.subarray(0, 17))}`], of({ set: 'tiny' }));
    assert.equal(broken.status, 2);
    assert.equal(JSON.parse(broken.stdout).error.where, 'data.images');
  });

  test('says what networks of any width cost at least', () => {
    const square = { version: 1, data: { preset: 'square' }, noise: { radius: 0.48 }, denoiser: { kind: 'minimum-cost' }, report: ['any_width'] };
    const wide = run(square);
    assert.equal(wide.status, 0, wide.stderr);
    assert.equal(JSON.parse(wide.stdout).any_width.proved, 'at any width at least 49.9997; wider networks may cost less');
    const narrow = JSON.parse(run({ ...square, noise: { radius: 0.45 } }).stdout).any_width;
    assert.match(narrow.proved, /^optimal at any width, to \de-\d+$/);
    assert.equal(refusedAt(run({ ...square, denoiser: { kind: 'empirical-mmse' } })), 'report[0]');
  });

  test('a bank that was trained flows again from its file, and one of other points is refused', () => {
    const document = {
      ...obtuse, denoiser: { kind: 'trained' }, training: { width: 10, steps: 20 },
      flow: { kind: 'probability', starts: { count: 5 }, schedule: { levels: 2, least: 0.02 } }, report: ['ends', 'bank'],
    };
    const first = JSON.parse(run(document).stdout);
    const file = written('bank.json', JSON.stringify(first.bank));
    const again = run(document, ['--bank', file]);
    assert.equal(again.status, 0, again.stderr);
    assert.deepEqual(JSON.parse(again.stdout).ends, first.ends);
    const other = run({ ...document, data: { points: [[0, 0], [2, 0], [-0.5, 1.1]] } }, ['--bank', file]);
    assert.equal(refusedAt(other), 'flow.bank');
    assert.match(denoise(['run', '--help']).stdout, /Flows: .*"census"/);
  });

  test('trains with the instructions that DENOISE_INSTRUCTIONS names', () => {
    const trained = JSON.stringify({ ...obtuse, denoiser: { kind: 'trained' }, training: { steps: 20 } });
    const by = (name) => denoise(['run', '-'], trained, { DENOISE_INSTRUCTIONS: name });
    const refusal = by('avx1024');
    assert.equal(refusedAt(refusal), 'DENOISE_INSTRUCTIONS');
    const { message } = JSON.parse(refusal.stdout).error;
    const names = message.match(/"avx1024"; this machine can run: (.*)\.$/)[1].split(', ');
    assert.equal(names[0], 'baseline');
    const checksums = names.map((name) => JSON.parse(by(name).stdout).checksum);
    assert.equal(JSON.parse(denoise(['run', '-'], trained).stdout).checksum, checksums.at(-1));
    if (names.length > 1) assert.notEqual(checksums[0], checksums.at(-1)); // they round differently
  });

  test('keeps near points beside a far one', () => {
    for (const kind of ['closed-form', 'vertex-ramp', 'split-ramp']) {
      const outcome = run({
        version: 1,
        data: { points: [[0, 0], [0, 5], [-1e9, 1]] },
        noise: { radius: 0.1 },
        denoiser: { kind },
      });
      assert.equal(outcome.status, 0, `${kind}: ${outcome.signal} ${outcome.stderr}`);
      const { cost, residual } = JSON.parse(outcome.stdout);
      assert.ok(Math.abs(cost - (10 / 4.8 + 2)) < 1e-8, `${kind}: cost ${cost}`);
      assert.ok(residual < 1e-6, `${kind}: residual ${residual}`);
    }
  });

  test('refuses with status 2, the field as JSON and the sentence on standard error', () => {
    const cases = [
      [{ ...obtuse, noise: { radius: 1 } }, 'noise.radius'],
      [{ ...obtuse, data: { points: [[0, 0], [0, 0]] } }, 'data.points[1]'],
      [{ ...obtuse, data: { preset: 'pentagon' } }, 'denoiser.kind'],
      [{ ...obtuse, training: { width: 4001 } }, 'training.width'],
      [{ ...obtuse, colour: 1 }, 'colour'],
      ['{"version":1,', 'experiment'],
      ['', 'experiment'],
      ['{"version":1,"data":{"points":[[1e999]]}}', 'data.points[0][0]'],
      ['['.repeat(1e6), undefined],
      [' '.repeat((1 << 24) + 1), 'experiment'],
      [Buffer.from([0xff, 0x00, 0x80]).toString('latin1'), 'experiment'],
    ];
    for (const [document, where] of cases) {
      const refused = refusedAt(run(document), String(where));
      if (where !== undefined) assert.equal(refused, where);
    }
  });

  test('fails with status 1 for what is no experiment\'s fault', () => {
    const cases = [
      ['run', join(folder, 'missing.json')],
      ['run', folder],
      ['run', written('fine.json', JSON.stringify(obtuse)), '--out', join(folder, 'no', 'folder')],
      ['run', '-', '--images', 'nameless'],
      ['run'],
      [],
      ['frobnicate'],
      ['run', '-', '--frobnicate'],
    ];
    for (const values of cases) {
      const failed = denoise(values, JSON.stringify(obtuse));
      assert.equal(failed.status, 1, `${values.join(' ')}: ${failed.stderr}`);
      assert.notEqual(failed.stderr, '', values.join(' '));
      assert.equal(failed.stdout, '', values.join(' '));
    }
  });

  test('refuses a file that cannot be written before it computes, and prints a result that a file does not take', () => {
    const long = { ...obtuse, denoiser: { kind: 'trained' }, training: { width: 4000, steps: 10_000_000 } };
    const late = written('late.json', 'what is there');
    assert.match(run(long, ['--out', join(folder, 'no', 'folder')]).stderr, /Can't open/);
    assert.equal(run({ version: 1, data: {} }, ['--out', late]).status, 2);
    assert.equal(readFileSync(late, 'utf8'), 'what is there');
    const [link, behind] = [join(folder, 'link.json'), join(folder, 'behind.json')];
    symlinkSync(behind, link);
    assert.equal(run(obtuse, ['--out', link]).status, 0);
    assert.equal(readFileSync(behind, 'utf8'), run(obtuse).stdout);
    const full = run(obtuse, ['--out', '/dev/full']);
    assert.equal(full.status, 1);
    assert.match(full.stderr, /Can't write/);
    assert.equal(full.stdout, run(obtuse).stdout);
    const unwritten = openSync('/dev/full', 'w');
    for (const asked of ['presets', 'schema', '--help', '--version']) {
      assert.equal(spawnSync(process.env.DENOISE_COMMAND, [asked], { stdio: ['ignore', unwritten, 'ignore'] }).status, 1, asked);
    }
    closeSync(unwritten);
    assert.match(denoise(['frobnicate']).stderr, /There is no command frobnicate/);
  });

  test('keeps control characters of a document off the terminal', () => {
    const cases = [
      '{"version":1,"data":{"preset":"li\\u0000ne\\u001b[2J\\u0007"}}',
      '{"version":1,"da\\u0000ta\\u001b[2J\\u009b\\u202e":{}}',
      '{"version":1,"data":{"images":{"file":"a\\u001b[2J","indices":[0,1]}}}',
    ];
    for (const document of cases) {
      const refused = run(document);
      refusedAt(refused);
      assert.doesNotMatch(refused.stderr + refused.stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
  });

  test('ends at Ctrl-C with the network trained so far, and status 3', { skip: process.platform !== 'linux' }, async () => {
    const { status, stdout, stderr } = await interrupted({ ...obtuse, denoiser: { kind: 'trained' },
      noise: { radius: 0.1, samples: 1000 }, training: { width: 4000, steps: 1e7 }, report: ['cost', 'network'] });
    assert.equal(status, 3, stderr);
    const result = JSON.parse(stdout);
    assert.equal(result.interrupted, true);
    assert.ok(result.denoiser.steps < 1e7);
    assert.ok(result.cost > 0);
    assert.equal(result.network.biases.length, 4000);
  });

  test('ends at Ctrl-C with the draws done so far, and status 3', { skip: process.platform !== 'linux' }, async () => {
    const points = Array.from({ length: 256 }, (_, n) => [n, n * n]);
    const { status, stdout, stderr } = await interrupted({ version: 1, data: { points }, denoiser: { kind: 'empirical-mmse' },
      noise: { level: 1 }, risk: { prior: 'points', draws: 1e7 }, report: ['risk'] });
    assert.equal(status, 3, stderr);
    const result = JSON.parse(stdout);
    assert.equal(result.interrupted, true);
    const [level] = result.risk.levels;
    assert.ok(level.draws < 1e7);
    if (level.draws > 0) assert.ok(level.denoiser.half_width > 0);
    else assert.equal(level.denoiser, null);
  });

  test('of one training gives the same bits twice', () => {
    const document = { ...obtuse, noise: { radius: 0.1, samples: 10 }, denoiser: { kind: 'trained' },
      training: { width: 20, steps: 200 } };
    const first = run(document);
    assert.equal(first.status, 0, first.stderr);
    assert.equal(first.stderr, '', 'a progress bar off a terminal');
    assert.equal(run(document).stdout, first.stdout);
  });
});

test('presets lists runnable presets, schema is JSON, help and version answer', () => {
  const names = denoise(['presets']).stdout.trim().split('\n').map((line) => line.split(' ')[0]);
  assert.ok(names.includes('equilateral') && names.length >= 10, names.join());
  for (const preset of names) {
    const { status } = run({ version: 1, data: { preset } });
    const unknown = ['pentagon', 'clusters'].includes(preset);
    assert.equal(status, unknown ? 2 : 0, preset);
    if (unknown) assert.equal(run({ version: 1, data: { preset }, denoiser: { kind: 'minimum-cost' } }).status, 0, preset);
  }
  const schema = JSON.parse(denoise(['schema']).stdout);
  assert.deepEqual(schema.required, ['version', 'data']);
  assert.deepEqual(schema.properties.data.properties.preset.enum, names);
  for (const flag of [['--help'], ['run', '--help']]) {
    const help = denoise(flag);
    assert.equal(help.status, 0);
    assert.match(help.stdout, /Usage: denoise/);
    if (flag.length === 1) assert.match(help.stdout, /3 a result of a run that Ctrl-C ended\s+early/);
  }
  assert.match(denoise(['--version']).stdout, /^denoise \d+\.\d+\.\d+\n$/);
});

/** The value at a path such as "alignment.edges.input.mean" or "values[3][0]". */
const at = (object, path) => path.split(/[.[\]]+/).filter(Boolean).reduce((value, key) => value?.[key], object);

describe('reproduce/', { skip: process.env.DENOISE_REPRODUCE !== '1' && 'asked for by DENOISE_REPRODUCE=1' }, () => {
  const stated = JSON.parse(readFileSync(join(reproduce, 'stated.json'), 'utf8'));
  test('states numbers for every experiment', () => {
    const experiments = readdirSync(reproduce).filter((name) => name.endsWith('.json') && name !== 'stated.json');
    assert.deepEqual(Object.keys(stated).sort(), experiments.sort());
  });
  for (const [name, numbers] of Object.entries(stated)) {
    test(name, () => {
      const { status, stdout, stderr } = denoise(['run', join(reproduce, name)]);
      assert.equal(status, 0, stderr);
      const result = JSON.parse(stdout);
      for (const [path, { value, within, atMost, atLeast }] of Object.entries(numbers)) {
        const actual = at(result, path);
        const message = `${path} is ${actual}`;
        assert.equal(typeof actual, 'number', message);
        if (value !== undefined) assert.ok(Math.abs(actual - value) <= within, `${message}; stated ${value}`);
        if (atMost !== undefined) assert.ok(actual <= atMost, `${message}; stated at most ${atMost}`);
        if (atLeast !== undefined) assert.ok(actual >= atLeast, `${message}; stated at least ${atLeast}`);
      }
    });
  }
  test('flows.mjs: of an equilateral triangle first the face, then the vertex', () => {
    // Apart from the project's packages: the native tests run where npm has installed none.
    const program = written('flows.mjs', readFileSync(join(reproduce, 'flows.mjs'), 'utf8'));
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'equilateral'], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    const rows = stdout.split('\n').filter((line) => /^\| \d/.test(line)).map((line) => line.split('|').slice(2, 5).map(parseFloat));
    assert.ok(rows[3][1] > 40 && rows[3][2] < 30, `at time 4: ${rows[3]}`);
    assert.ok(rows.at(-1)[2] > 99, `at the end: ${rows.at(-1)}`);
  });
});
