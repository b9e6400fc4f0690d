// Risks against the noise level, through the module's JavaScript surface (web/minimum_cost.d.ts).
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createModule, experiment, RiskCurve } from './create.mjs';

const five = Float64Array.of(-1, -0.5, 0, 0.5, 1);

/** The whole curve. */
function curve(of, levels, { points = five, network = null } = {}) {
  const risks = new RiskCurve();
  try {
    risks.begin(points, Float64Array.from(levels), of, network);
    let parts = 0;
    while (risks.advance()) ++parts;
    return { risks: [...risks.values()], parts };
  } finally {
    risks.delete();
  }
}

test('the table of docs/theory.md, section 10', () => {
  const table = {
    'least-cost': [0.00013327, 0.00332264, 0.01319811, 0.05025863],
    'empirical-mmse': [0.02083346, 0.02091558, 0.02209907, 0.03682043],
    'exact-mmse': [0.0000991, 0.0023871, 0.0090968, 0.03277442],
  };
  for (const [of, expected] of Object.entries(table)) {
    const { risks, parts } = curve(of, [0.01, 0.05, 0.1, 0.2]);
    risks.forEach((risk, i) => assert.ok(Math.abs(risk - expected[i]) < 1.01e-8, `${of} ${i}: ${risk}`));
    assert.ok(parts > 4, 'in parts');
  }
});

test('where balls of that radius touch nothing has least cost, and the curve goes on', () => {
  const { risks } = curve('least-cost', [0.2, 0.25, 0.3, 0.1]);
  assert.deepEqual(risks.map(Number.isNaN), [false, true, true, false]);
});

test('a network that is given errs as itself', async () => {
  const { Session } = await createModule();
  const session = new Session();
  session.configure(experiment([[-1], [-0.5], [0], [0.5], [1]], { radius: 0.1 }));
  const { input_weights, biases, output_weights, skip, offset } = JSON.parse(session.network('closed-form'));
  const flat = (rows) => Float64Array.from(rows.flat());
  const network = { inputWeights: flat(input_weights), biases: Float64Array.from(biases), outputWeights: flat(output_weights), skip: flat(skip), offset: Float64Array.from(offset) };
  const own = curve('network', [0.05, 0.1], { network }).risks;
  const least = curve('least-cost', [0.05, 0.1]).risks;
  assert.ok(Math.abs(own[1] - least[1]) < 1e-12);
  assert.ok(own[0] > least[0] + 1e-5, 'made for another radius');
});

test('what is out of bounds is refused in words, at its field', () => {
  const refused = (where, words, ...of) => assert.throws(() => curve(...of), (error) => error.name === 'DenoiseError' && error.where === where && words.test(error.message));
  refused('data.points', /at least 2 clean points/, 'least-cost', [0.1], { points: Float64Array.of(1) });
  refused('risk.levels', /noise level is 0/, 'least-cost', [0.1, 0]);
  refused('risk.levels', /noise level/, 'exact-mmse', [NaN]);
  refused('risk.levels', /33 noise levels; at most 32/, 'least-cost', new Array(33).fill(0.1));
  refused('risk.of', /no such denoiser/, 'best', [0.1]);
  assert.equal(new RiskCurve().advance(), false);
});
