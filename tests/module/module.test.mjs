// Tests of the WASM module through its JavaScript surface (web/denoise.d.ts). Run them after
// `cmake --build --preset wasm` with
//     node --test tests/module/*.test.mjs
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { AnyWidthSolver, createModule, experiment, MinimumCostSolver, OptimalitySearch, SplitRampSolver, takeLeastCost } from './create.mjs';

const module = await createModule();
const command = fileURLToPath(new URL('../../build/native/cli/denoise', import.meta.url));

/** Runs `use` with a session that is freed afterwards. */
function withSession(use) {
  const session = new module.Session();
  try {
    return use(session);
  } finally {
    session.delete();
  }
}

function near(actual, expected, tolerance, what) {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected}`);
}

/** What `act` throws; it must be a DenoiseError. */
function refusal(act) {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof Error, `thrown: ${error}`);
    assert.equal(error.name, 'DenoiseError', `${error.name}: ${error.message}`);
    return error;
  }
  return assert.fail('nothing was thrown');
}

const triangle = (radius = 1) =>
  [0, 1, 2].map((k) => {
    const angle = Math.PI / 2 + (2 * Math.PI * k) / 3;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
const ray = (length, angle) => [length * Math.cos(angle), length * Math.sin(angle)];

describe('worked values', () => {
  const cases = [
    ['a line', [[-1], [0], [2]], 0.1, 'one-dimensional', 4.722222222],
    ['an obtuse triangle', [[0, 0], [2, 0], [-0.5, 1]], 0.1, 'obtuse-simplex', 4.657935938],
    ['an equilateral triangle', triangle(), 0.1, 'equilateral-triangle', 4.615384615],
    ['the same, larger balls', triangle(), 0.2, 'equilateral-triangle', 5.454545455],
    ['an acute triangle', [[0, 0], [2, 0], [0.8, 1.6]], 0.1, 'acute-triangle', 4.545879597],
    ['another', [[0, 0], [2, 0], [0.5, 1.2]], 0.1, 'acute-triangle', 4.648893205],
    ['rays', [[0, 0], ray(1, 0.3), ray(2.5, 0.3), ray(1.2, 2.5), ray(1.7, 4.4)], 0.1, 'rays', 9.474358974],
  ];
  for (const [title, points, radius, form, cost] of cases) {
    test(title, () =>
      withSession((session) => {
        const description = JSON.parse(session.configure(experiment(points, { radius })));
        assert.equal(description.closed_form.form, form);
        assert.equal(description.reason, '');
        near(description.closed_form.cost, cost, 1e-8, 'cost');
        assert.ok(description.closed_form.residual < 1e-12 * description.diameter,
          `residual ${description.closed_form.residual}`);
        // The clean points are fixed points, and each neuron's mass adds up to the cost.
        const flat = Float64Array.from(points.flat());
        const values = session.evaluate('closed-form', flat).slice();
        values.forEach((value, i) => near(value, flat[i], 1e-12, `value ${i}`));
        const d = points[0].length;
        const neurons = session.neurons('closed-form').slice();
        let mass = 0;
        for (let k = 0; k < neurons.length; k += 2 * d + 2) mass += neurons[k + 2 * d + 1];
        near(mass, cost, 1e-8, 'sum of masses');
      }));
  }

  test('near points beside a far one', () =>
    withSession((session) => {
      const { closed_form } = JSON.parse(session.configure(experiment([[0, 0], [0, 5], [-1e9, 1]])));
      assert.equal(closed_form.form, 'orthogonal');
      near(closed_form.cost, 10 / 4.8 + 2, 1e-8, 'cost');
    }));

  test('a quadrilateral has no closed form, and says why; its least cost is certified', () =>
    withSession((session) => {
      const description = JSON.parse(session.configure(experiment([[0, 0], [1, 0], [0.8, 1], [0, 1]])));
      assert.equal(description.closed_form, null);
      assert.match(refusal(() => session.neurons('closed-form')).message, /^No closed form is known.*\.$/);
      assert.deepEqual([description.reference, description.searching], [null, 'minimum-cost']);
      assert.match(refusal(() => session.neurons('minimum-cost')).message, /not known yet/);
      const { reference, searching } = JSON.parse(takeLeastCost(session, description));
      assert.equal(searching, null);
      assert.equal(reference.kind, 'minimum-cost');
      assert.match(reference.statement, /optimal among finite networks/);
      assert.equal(session.neurons('minimum-cost').length, 6 * reference.neurons);
    }));

  test('beyond three dimensions split ramps stand for it, the same bits as where they were found', () =>
    withSession((session) => {
      const points = Array.from({ length: 6 }, (_, n) => Array.from({ length: 5 }, (_, i) => Math.sin(7 * n + 3 * i + n * i)));
      const description = JSON.parse(session.configure(experiment(points, { radius: 0.01 })));
      assert.equal(description.searching, 'split-ramp');
      assert.deepEqual([description.reference, description.ramps], [null, null]);
      assert.match(refusal(() => session.neurons('split-ramp')).message, /not known/);
      const { ramps, reference, searching, denoisers } = JSON.parse(takeLeastCost(session, description));
      assert.deepEqual([reference, searching, ramps.kind], [null, null, 'split-ramp']);
      assert.ok(ramps.lower_bound <= ramps.cost && ramps.cost < ramps.lower_bound * (1 + 1e-8));
      assert.ok(denoisers.some(({ name }) => name === 'split-ramp'));
      const clean = session.cleanPoints().slice();
      const values = session.evaluate('split-ramp', clean);
      clean.forEach((x, i) => near(values[i], x, 1e-12, 'a clean point'));
      for (const [ramps, complaint] of [[[1, 2], /have 12 numbers each/], [Array(13).fill(1), /two levels that rise/]]) {
        assert.match(refusal(() => session.takeSplitRamps(Float64Array.from(ramps))).message, complaint);
      }
    }));
});

describe('errors', () => {
  test('arrive as DenoiseError with the sentence and the field, and change nothing', () =>
    withSession((session) => {
      session.configure(experiment([[0, 0], [2, 0], [-0.5, 1]]));
      session.startTraining();
      session.advance(1000);
      const checksum = session.checksum();
      const cases = [
        [experiment([[0, 0], [0.1, 0]], { radius: 0.1 }), 'noise.radius', /points 1 and 2 are 0\.1 apart/],
        [experiment([[0, 0], [0, 0]]), 'data.points[1]', /coincide/],
        [experiment([[0, 0]]), 'data.points', /at least 2/],
        [experiment([]), 'data.points', /empty/],
        ['{"version":1,"data":{"points":[[0],[NaN]]}}', 'experiment', /not valid JSON at line 1/],
        ['{"version":1,"data":{"points":[[0],[1e999]]}}', 'data.points[1][0]', /too large/],
        [experiment([[0], [1]], { radius: 0.1 }, { training: { widht: 3 } }), 'training.widht', /no key of training/],
        [experiment([[0], [1]], { radius: 0.1 }, { training: { width: 0 } }), 'training.width', /.../],
        ['', 'experiment', /not valid JSON/],
      ];
      for (const [document, where, sentence] of cases) {
        for (const method of ['configure', 'updateData']) {
          const error = refusal(() => session[method](document));
          assert.equal(error.where, where, error.message);
          assert.match(error.message, sentence);
        }
      }
      assert.equal(session.checksum(), checksum);
      assert.deepEqual([...session.cleanPoints()], [0, 0, 2, 0, -0.5, 1]);
    }));

  test('come from the search too', () => {
    const solver = new MinimumCostSolver();
    const square = Float64Array.of(0, 0, 1, 0, 1, 1, 0, 1);
    for (const ask of [() => solver.result(), () => solver.advance(1)]) assert.equal(refusal(ask).where, 'data.points');
    assert.equal(refusal(() => solver.begin(square, 2, 0.5)).where, 'noise.radius');
    assert.equal(refusal(() => solver.begin(square, 3, 0.1)).where, 'data.points');
    assert.equal(refusal(() => solver.begin(square, 0, 0.1)).where, 'data.points');
    assert.equal(refusal(() => solver.begin(Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1), 3, 0.6)).where, 'noise.radius');
    assert.equal(refusal(() => solver.begin(Float64Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1), 4, 0.01)).where, 'denoiser.kind');
    assert.equal(refusal(() => solver.advance(1)).where, 'data.points', 'a search that was refused has not begun');
    solver.delete();
  });

  test('a search begun near by has the same cost, and finds anew what is not near', () => {
    const solver = new MinimumCostSolver();
    const cost = () => {
      while (solver.advance(1e9)) { /* goes on */ }
      const { finished, cost, rounds } = JSON.parse(solver.result());
      assert.ok(finished);
      return { cost, rounds };
    };
    const kite = (x) => Float64Array.of(0, 0, 1, 0.1, x, 1.2, -0.3, 0.8);
    solver.beginNear(kite(1), 2, 0.1); // after none
    const first = cost();
    for (const x of [1.01, 1.02]) {
      solver.beginNear(kite(x), 2, 0.1);
      const moved = cost();
      assert.equal(moved.rounds, 0);
      solver.begin(kite(x), 2, 0.1);
      near(moved.cost, cost().cost, 1e-10);
      assert.notEqual(moved.cost, first.cost);
    }
    assert.equal(refusal(() => solver.beginNear(kite(1), 2, 5)).where, 'noise.radius');
    assert.equal(refusal(() => solver.advance(1)).where, 'data.points', 'a search that was refused has not begun');
    solver.delete();
  });

  test('of a certificate of training', () => {
    const search = new OptimalitySearch();
    const network = { inputWeights: Float64Array.of(1), biases: Float64Array.of(0), outputWeights: Float64Array.of(1), skip: Float64Array.of(0), offset: Float64Array.of(0) };
    for (const ask of [() => search.advance(), () => search.result()]) assert.equal(refusal(ask).where, 'data.points');
    const begin = (clean, noisy, d, over = {}) => search.begin(Float64Array.from(clean), Float64Array.from(noisy), d, { ...network, ...over }, 0);
    assert.equal(refusal(() => begin([0, 1], [0, 0.1, 1], 1)).where, 'noise.samples');
    assert.equal(refusal(() => begin([0, 1], [0, 1], 0)).where, 'data.points');
    assert.equal(refusal(() => begin([0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1], 3)).where, 'network');
    refusal(() => begin([0, 1], [0, 0.1, 1, 1.1], 1, { biases: Float64Array.of(NaN) }));
    refusal(() => begin([0, 1], [0, 0.1, 1, 1.1], 1, { biases: new Float64Array(0) }));
    begin([0, 1], [0, 0.1, 1, 1.1], 1);
    while (search.advance()) { /* goes on */ }
    const { gap, lower_bound } = JSON.parse(search.result());
    near(lower_bound, 2 / 0.9, 1e-4, 'two bends over a gap of 0.9');
    assert.ok(gap > 0.1);
    search.delete();
  });

  test('AnyWidthSolver says what wider networks cost at least', () => {
    const solver = new AnyWidthSolver();
    assert.match(refusal(() => solver.advance(1e6)).message, /No search has begun/);
    assert.match(refusal(() => solver.begin(Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1), 3, 0.1)).message, /plane/);
    solver.begin(Float64Array.of(0, 0, 1, 0, 1, 1, 0, 1), 2, 0.1);
    while (solver.advance(1e6)) { /* goes on */ }
    assert.match(solver.proved(5), /^optimal at any width, to /, 'a square of side 1');
    assert.match(solver.proved(6), /at least/);
    solver.delete();
  });

  test('SplitRampSolver finds the same in parts, or nothing where too few sets are apart', () => {
    const solver = new SplitRampSolver();
    assert.match(refusal(() => solver.advance(1e6)).message, /No search has begun/);
    const corners = Float64Array.from({ length: 7 * 6 }, (_, i) => Number(i % 7 === 0)); // of a simplex in six dimensions
    assert.match(refusal(() => solver.begin(corners, 6, 2)).message, /radius/);
    assert.match(refusal(() => solver.begin(new Float64Array(78).map((_, i) => i * i), 6, 0.1)).message, /at most 12 points/);
    const found = [1, 1e9].map((work) => {
      let parts = 1;
      solver.begin(corners, 6, 0.1);
      assert.match(refusal(() => solver.result()).message, /not been found yet/);
      while (solver.advance(work)) ++parts;
      assert.equal(solver.advance(work), false, 'and stays at its end');
      assert.ok(work > 1 ? parts === 1 : parts > 63, 'a set at a time');
      return solver.result().slice();
    });
    assert.ok(found[0].length > 1);
    assert.deepEqual(found[0], found[1]);
    // Of a regular triangle's corners none is apart from the others' edge by more than 2 rho, and each from another.
    solver.begin(Float64Array.of(0, 0, 1, 0, 0.5, Math.sqrt(0.75)), 2, 0.45);
    while (solver.advance(1e9)) { /* goes on */ }
    assert.equal(solver.result().length, 0);
    solver.delete();
  });

  test('come from every method, before any experiment is configured', () =>
    withSession((session) => {
      const three = new Float64Array(3);
      const calls = {
        addImages: ['digits', new Uint8Array(20)], configure: ['{}'], updateData: ['{}'],
        cleanPoints: [], samples: [], startTraining: [], resetTraining: [], advance: [1],
        takeMinimumCost: ['{}'], takeSplitRamps: [three], takeOptimality: ['{}'], goOn: [], keepMoment: [], showMoment: [0], dropMoment: [0], measure: [], trainingStatus: [], evaluate: ['trained', three],
        evaluateGrid: ['trained', three, three, new Int32Array(3)], neurons: ['trained'],
        comparison: [], alignment: ['trained'], alignmentOf: [three], network: ['trained'], history: [], checksum: [],
      };
      const methods = Object.keys(Object.getPrototypeOf(session)).filter((name) => name !== 'constructor');
      assert.deepEqual(methods.sort(), Object.keys(calls).sort());
      for (const [name, values] of Object.entries(calls)) refusal(() => session[name](...values));
    }));

  test('of unfit arguments', () =>
    withSession((session) => {
      session.configure(experiment([[0, 0], [2, 0], [-0.5, 1]]));
      session.startTraining();
      assert.equal(refusal(() => session.evaluate('trained', new Float64Array(3))).where, 'evaluate.points');
      assert.equal(refusal(() => session.evaluate('best', new Float64Array(2))).where, 'denoiser.kind');
      assert.equal(refusal(() => session.neurons('empirical-mmse')).where, 'denoiser.kind');
      for (const samples of [0, -1, NaN, Infinity]) refusal(() => session.advance(samples));
      const grid = (lower, upper, shape) =>
        refusal(() => session.evaluateGrid('trained', Float64Array.from(lower), Float64Array.from(upper), Int32Array.from(shape))).where;
      assert.equal(grid([0], [1], [2]), 'evaluate.grid');
      assert.equal(grid([0, 0], [1, NaN], [2, 2]), 'evaluate.grid.upper[1]');
      assert.equal(grid([0, 0], [1, 1], [2, 1]), 'evaluate.grid.shape[1]');
      assert.equal(grid([0, 0], [1, 1], [4000, 4000]), 'evaluate.grid.shape');
    }));

  test('of sizes whose product has more than 32 bits', () =>
    withSession((session) => {
      session.configure(experiment([[0, 0], [2, 0], [-0.5, 1]]));
      // 2^33 + 2^20 numbers; 32 bits keep the 2^20 that are allowed.
      const grid = refusal(() =>
        session.evaluateGrid('closed-form', Float64Array.of(0, 0), Float64Array.of(1, 1), Int32Array.of(524288, 8193)));
      assert.equal(grid.where, 'evaluate.grid.shape');
      assert.match(grid.message, /more than the 1048576 numbers allowed/);
      for (const count of [2 ** 40, -(2 ** 40), NaN, 2.5]) {
        const error = refusal(() =>
          session.evaluateGrid('closed-form', Float64Array.of(0, 0), Float64Array.of(1, 1), Float64Array.of(count, 2)));
        assert.equal(error.where, 'evaluate.grid.shape');
      }
      const steps = refusal(() =>
        session.configure('{"version":1,"data":{"points":[[0],[1]]},"training":{"steps":1e12}}'));
      assert.equal(steps.message, 'training.steps is 1000000000000; it may be at most 10000000.');
      // 256 points x 4096 coordinates x 4096 samples: 2^32, which 32 bits count as none.
      const far = Array.from({ length: 256 }, (_, n) => Array.from({ length: 4096 }, (_, i) => (i === n ? 100 : 0)));
      const samples = refusal(() => session.configure(experiment(far, { radius: 1, samples: 4096 })));
      assert.equal(samples.where, 'noise.samples');
      assert.match(samples.message, /make 4294967296 numbers; at most 16777216/);
      // 2^20 points to evaluate, the first of 4096 coordinates.
      const many = `[[${'0,'.repeat(4095)}0]${',[]'.repeat(2 ** 20 - 1)}]`;
      const points = refusal(() =>
        session.configure(`{"version":1,"data":{"points":[[0],[1]]},"evaluate":{"points":${many}}}`));
      assert.equal(points.where, 'evaluate.points');
      assert.match(points.message, /holds 4294967296 numbers; at most 1048576/);
    }));

  test('leave no stack behind: as many as a long drag makes', () =>
    withSession((session) => {
      const overlapping = experiment([[0, 0], [0.1, 0]], { radius: 0.1 });
      for (let k = 0; k < 200000; k += 1) {
        try {
          session.configure(overlapping);
          assert.fail('accepted');
        } catch (error) {
          if (error.where !== 'noise.radius') throw error;
        }
      }
      session.configure(experiment([[0, 0], [2, 0], [-0.5, 1]]));
    }));
});

describe('arrays', () => {
  test('are views of the numbers that the description counts', () =>
    withSession((session) => {
      const description = JSON.parse(session.configure(
        experiment([[0, 0], [2, 0], [-0.5, 1]], { radius: 0.1, samples: 50 })));
      const samples = session.samples();
      assert.ok(samples instanceof Float64Array);
      assert.equal(samples.length, 2 * 3 * 50);
      const clean = [[0, 0], [2, 0], [-0.5, 1]];
      for (let j = 0; j < 150; j += 1) {
        const point = clean[Math.floor(j / 50)];
        const distance = Math.hypot(samples[2 * j] - point[0], samples[2 * j + 1] - point[1]);
        assert.ok(distance <= 0.1 + 1e-12, `sample ${j} is ${distance} from its clean point`);
      }
      assert.equal(description.edges.length, 3);
      assert.equal(description.faces.length, 3);
    }));

  test('of a grid are the values at its points, last coordinate fastest', () =>
    withSession((session) => {
      session.configure(experiment([[0, 0], [2, 0], [-0.5, 1]]));
      const points = [];
      for (const x of [-1, 0, 1]) for (const y of [0, 0.5]) points.push(x, y);
      const direct = session.evaluate('closed-form', Float64Array.from(points)).slice();
      const grid = session.evaluateGrid('closed-form', Float64Array.of(-1, 0), Float64Array.of(1, 0.5), Int32Array.of(3, 2));
      assert.deepEqual([...grid], [...direct]);
      const mmse = session.evaluate('empirical-mmse', Float64Array.of(0, 0)).slice();
      assert.equal(mmse.length, 2);
      // A view around points near the greatest coordinate reaches past it.
      session.configure(experiment([[-1e9, 0], [1e9, 0]], { radius: 1 }));
      const view = session.evaluateGrid('closed-form', Float64Array.of(-1.5e9, -1.5e9), Float64Array.of(1.5e9, 1.5e9), Int32Array.of(3, 3));
      near(view.at(0), -1e9, 1e-3, 'left of both');
      near(view.at(-2), 1e9, 1e-3, 'right of both');
    }));
});

describe('training', () => {
  const document = experiment([[-1], [0], [2]], { radius: 0.1, samples: 20 },
    { training: { width: 50, steps: 300, seed: 7 } });

  function train(steps, slice) {
    return withSession((session) => {
      session.configure(document);
      session.startTraining();
      let done = 0;
      while (done < steps) done += session.advance(slice);
      return { checksum: session.checksum(), status: session.trainingStatus(),
        comparison: JSON.parse(session.comparison()), history: JSON.parse(session.history()) };
    });
  }

  test('gives the same bits for the same seed', () => {
    const first = train(300, 60);
    assert.match(first.checksum, /^[0-9a-f]{16}$/);
    assert.equal(train(300, 60).checksum, first.checksum);
    assert.equal(first.status.step, 300);
    assert.notEqual(train(299, 60).checksum, first.checksum);
  });

  test('lowers the loss, and is compared with the closed form', () => {
    const { status, comparison, history } = train(300, 60);
    assert.ok(status.loss < 0.1 * status.initial_loss, `${status.loss} of ${status.initial_loss}`);
    assert.equal(status.rest === 'diverged', false);
    assert.equal(comparison.form, 'one-dimensional');
    near(comparison.formula_cost, 4.722222222, 1e-8, 'formula');
    near(comparison.cost_ratio, comparison.cost / comparison.formula_cost, 1e-12, 'ratio');
    near(comparison.sup_relative, comparison.sup / 3, 1e-12, 'sup by diameter');
    assert.ok(comparison.rms <= comparison.sup);
    assert.equal(history.at(-1).step, 300);
  });

  test('reset goes back to the same start; new data keep the weights', () =>
    withSession((session) => {
      session.configure(document);
      session.startTraining();
      const start = session.checksum();
      session.advance(6000);
      assert.notEqual(session.checksum(), start);
      session.resetTraining();
      assert.equal(session.checksum(), start);

      session.advance(6000);
      const before = session.evaluate('trained', Float64Array.of(0.5)).slice();
      session.updateData(experiment([[-1], [0], [2.1]], { radius: 0.1, samples: 20 },
        { training: { width: 50, steps: 300, seed: 7 } }));
      const after = session.evaluate('trained', Float64Array.of(0.5)).slice();
      near(after[0], before[0], 1e-5, 'value after the data moved');
      // Another dimension can't go on.
      session.updateData(experiment([[0, 0], [1, 0]]));
      refusal(() => session.checksum());
    }));

  // An allocation takes at least 16 bytes, and the heap begins with 16 MB: one lost in each step shows.
  for (const fresh of [false, true]) {
    test(`a million steps take no more memory than the first thousand, ${fresh ? 'fresh' : 'fixed'} noise`, () =>
      withSession((session) => {
        session.configure(experiment([[0, 0], [1, 0], [0, 2]], { level: 0.1, samples: 2, fresh },
          { training: { width: 4, steps: 1_000_000 } }));
        session.startTraining();
        const advance = (steps) => {
          for (let done = 0; done < steps; ) done += session.advance(Math.min(1000, steps - done) * 6);
          return session.samples().buffer.byteLength;
        };
        const heap = advance(1000);
        assert.equal(advance(999_000), heap);
        const { step, rest } = session.trainingStatus();
        assert.equal(step, 1_000_000);
        assert.notEqual(rest, 'diverged');
        assert.ok(JSON.parse(session.history()).length <= 1024);
      }));
  }

  test('is measured against edges, faces and chance', () =>
    withSession((session) => {
      session.configure(experiment(triangle(), { radius: 0.2 }));
      const report = JSON.parse(session.alignment('closed-form'));
      near(report.faces.input.mean, 1, 1e-12, 'alignment of the closed form with the faces');
      near(report.self.mean, 1, 1e-12, 'self alignment');
      near(report.faces.input.null_mean, (6 / Math.PI) * Math.sin(Math.PI / 6), 1e-12, 'chance');
      near(report.boundary, 0, 1e-12, 'boundary');
      assert.equal(report.edges.input.histogram.length, 20);
    }));
});

describe('against the native command', { skip: !existsSync(command) && `${command} is not built` }, () => {
  const native = (document) => JSON.parse(execFileSync(command, ['run', '-'], { input: document, encoding: 'utf8' }));
  const document = (kind, preset, steps) => JSON.stringify({ version: 1, data: { preset },
    noise: { samples: 40 }, denoiser: { kind }, training: { width: 60, steps },
    evaluate: { points: [[0.3, 0.2], [-0.7, 0.1], [1.5, -0.4]] }, report: ['comparison'] });
  const values = (which, text) => withSession((session) => {
    session.configure(text);
    if (which === 'trained') {
      session.startTraining();
      const { steps } = JSON.parse(text).training;
      while (session.trainingStatus().step < steps) session.advance(60);
    }
    return [...session.evaluate(which, Float64Array.of(0.3, 0.2, -0.7, 0.1, 1.5, -0.4))];
  });

  for (const preset of ['obtuse', 'equilateral', 'acute', 'right', 'rays']) {
    test(`the closed form has the same values: ${preset}`, () => {
      const text = document('closed-form', preset, 1);
      const expected = native(text).values.flat();
      values('closed-form', text).forEach((value, i) => near(value, expected[i], 1e-9, `value ${i}`));
    });
  }
  test('training rests at the same step with the numbers of the network that it delivers', () => {
    const text = JSON.stringify({ version: 1, data: { preset: 'line-3' }, denoiser: { kind: 'trained' },
      training: { width: 60, steps: 1500 } });
    const result = native(text).denoiser;
    withSession((session) => {
      session.configure(text);
      session.startTraining();
      for (let slice = 1; session.trainingStatus().rest === ''; slice = (slice % 997) + 1) session.advance(slice);
      const status = session.trainingStatus();
      assert.equal(status.rest, 'converged');
      assert.equal(status.rest, result.rest);
      assert.equal(status.step, result.steps);
      assert.equal(status.step, 1500);
      near(status.greatest_residual, result.greatest_residual, 1e-4, 'residual');
      assert.equal(session.advance(1000), 0, 'rest is rest');
      session.goOn();
      assert.equal(session.trainingStatus().rest, '');
      assert.ok(session.advance(100_000) > 0);
    });
  });

  // The native kernels fuse multiplications with additions where the machine can, the module does not.
  for (const [steps, tolerance] of [[20, 1e-4], [20_000, 2e-3]]) {
    test(`${steps} steps of training arrive at the same values within ${tolerance}`, () => {
      const text = document('trained', 'equilateral', steps);
      const expected = native(text).values.flat();
      values('trained', text).forEach((value, i) => near(value, expected[i], tolerance, `value ${i}`));
    });
  }
});

describe('the module', () => {
  test('lists presets that all configure', () =>
    withSession((session) => {
      const presets = JSON.parse(module.presets());
      assert.ok(presets.length >= 10);
      for (const { name, points, radius } of presets) {
        const description = JSON.parse(session.configure(JSON.stringify({ version: 1, data: { preset: name } })));
        assert.equal(description.count, points.length, name);
        assert.equal(description.radius, radius, name);
      }
    }));

  test('tells its limits and version', () => {
    const limits = JSON.parse(module.limits());
    assert.equal(limits.points, 256);
    assert.equal(limits.width, 4000);
    assert.match(module.version(), /^\d+\.\d+\.\d+$/);
  });

  test('makes clean points of images', () =>
    withSession((session) => {
      const idx = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 255, 0, 0, 51);
      session.addImages('tiny', idx);
      const images = (indices) => JSON.stringify({ version: 1, data: { images: { set: 'tiny', indices } } });
      session.configure(images([0, 2, 1]));
      assert.deepEqual([...session.cleanPoints()], [0, 0, 0, 0.2, 1, 0]);
      assert.equal(refusal(() => session.configure(images([0, 3]))).where, 'data.images.indices[1]');
      assert.equal(refusal(() => session.addImages('bad', idx.slice(0, 21))).where, 'data.images');
    }));
});
