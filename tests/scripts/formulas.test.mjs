// Each formula of docs/theory.md that the library computes stands in exactly one public header. The
// formulas are those set apart on lines of their own; the rest of the table are formulas in lists.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'libdenoise/include/denoise');
const theory = readFileSync(join(root, 'docs/theory.md'), 'utf8');
const headers = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8').replace(/\n\s*\/\/\/?\s*/g, ' ').replace(/ +/g, ' ')]));

const none = 'no code'; // the text says of these sections that no code computes them

/** Of each formula set apart, in the text's order: its section, its header, and how it stands there. */
const apart = [
  ['1', 'shallow_relu_network.h', 'h(y) = sum_k a_k [w_k . y + b_k]_+ + V y + c'],
  ['1', 'shallow_relu_network.h', 'C = 1/2 sum_k (|a_k|^2 + |w_k|^2)'],
  ['2', 'dataset.h', 'rho = sigma sqrt(2 ln M)'],
  ['3', 'closed_form.h', 'R = 2 sum_n (x_{n+1} - x_n) / (l_{n+1} - r_n)'],
  ['3', 'contraction.h', 'p_n = (s_n r_n - x_n) / (s_n - 1)'],
  ['4', 'closed_form.h', 'ramp(y; w, p, q) = ([w.y - p]_+ - [w.y - q]_+) / (q - p)'],
  ['4.1', 'shallow_relu_network.h', 'h(y) = origin + U inner(U^T (y - origin))'],
  ['4.3', 'closed_form.h', 'R = sum over gaps of 2 D / (D - 2 rho)'],
  ['4.5', 'closed_form.h', 'R = 6 r / (3/2 r - 2 rho)'],
  ['4.6', 'closed_form.h', 'R <= sum_n 2 |x_n - c| / (h_n - 2 rho)'],
  ['4.7', 'closed_form.h', 'R <= sum_n 2 |x_n - c| / (D_n - 2 rho)'],
  ['4.8', 'closed_form.h', 'R(P x Q) = R(P) + R(Q)'],
  ['4.8', 'closed_form.h', 'R = sum_i 2 |g_i| / (|g_i| - 2 rho)'],
  ['4.9', 'split_ramps.h', 'h = x_1 + sum_A a_A psi_A, R <= sum_A 2 |a_A| / (D_A - 2 rho)'],
  ['4.9', 'split_ramps.h', 'max sum_n q_n.(x_n - x_1) s.t. for each A: |sum_{n in A} q_n| <= 2 / (D_A - 2 rho)'],
  ['6', 'empirical_mmse.h', 'E(y) = sum_n x_n g_n / sum_n g_n'],
  ['8', 'score_flow.h', 'y(r + s) = y + sum_{j >= 1} s^j / j! J^{j-1} f'],
  ['8', 'known_flows.h', 'r* = (L - 2 rho)/(2 rho) ln((L/2 - rho) / |z - L/2|)'],
  ['8', 'known_flows.h', 'sum_{l in S, l != k} |u_k.x_l| < rho'],
  ['8', 'known_flows.h', 'r_face = 1/k ln((r/2 - rho) / (-min_n t_n))'],
  ['9', 'minimum_cost.h', 'R = min sum_j |a_j| s.t. for n >= 2: sum_{j: n in A_j} a_j w_j^T = 0'],
  ['9', 'minimum_cost.h', '|G_j| <= 1, G_j = sum_{n in A_j} (C_n w_j + delta_jn q_n)'],
  ['9', 'any_width.h', 'R(h) >= sum_s q_s.x_s / max(1, max |G|), G(w, tau) = sum_s (alpha_s C_s w + beta_s q_s)'],
  ['11', 'optimality_gap.h', 'sum nu_j = 0, sum nu_j y_j^T = 0, |sum_j nu_j [w.y_j - tau]_+| <= lambda'],
];

/** Formulas in lists: by section, with what the text has of them. */
const listed = [
  ['1', String.raw`R(h) = \sum_k \lvert a_k \rvert`, 'representation_cost.h', 'R(h) = sum_k |a_k|'],
  ['1', String.raw`R(h) = \int \lvert h'' \rvert`, 'representation_cost.h', "R(h) = integral of |h''|"],
  ['5', String.raw`\alpha_k = \max_e \lvert \cos(w_k, e) \rvert`, 'alignment.h', 'alpha_k = max_e |cos(w_k, e)|'],
  ['5', String.raw`\gamma_k = \lvert \cos(a_k, w_k) \rvert`, 'alignment.h', 'gamma_k = |cos(a_k, w_k)|'],
  ['5', String.raw`\sigma_1^2 / \sum_i \sigma_i^2`, 'alignment.h', 'sigma_1^2 / sum_i sigma_i^2'],
  ['6', String.raw`\mathbb{E} \lvert g(x + \sigma \varepsilon) - x \rvert^2`, 'risk.h', 'E |f(x + sigma eps) - x|^2'],
  ['6', String.raw`\frac{s^2}{s^2 + \sigma^2} (y - x_n)`, 'risk.h', 's^2 / (s^2 + sigma^2) (y - x_n)'],
  ['6', String.raw`y + \sigma \frac{\phi(\lambda) - \phi(\mu)}{\Phi(\mu) - \Phi(\lambda)}`, 'risk.h', 'y + sigma (phi(a) - phi(b)) / (Phi(b) - Phi(a))'],
  ['7', String.raw`\lvert h(y_{n,m}) - x_n \rvert^2 + \lambda C`, 'trainer.h', '(1/(N M)) sum |r_{n,m}|^2 + lambda C'],
  ['8', String.raw`y + (1 - \sigma'/\sigma)(h_\sigma(y) - y)`, 'probability_flow.h', "y' = y + (1 - s'/s) (h_s(y) - y)"],
  ['7', String.raw`z_{n,m} \cdot r_{n,m} + \frac{p}{2} \lvert r_{n,m} \rvert^2`, 'trainer.h', 'z_{n,m}.r_{n,m} + p/2 |r_{n,m}|^2'],
];

/** The text's sections by number. */
const sections = new Map(
  theory
    .split(/^(?=#+ \d)/m)
    .slice(1)
    .map((text) => [/^#+ (\d+(?:\.\d+)*)/.exec(text)[1], text]),
);

function standsInOneHeader(header, formula) {
  const where = [...headers].filter(([, text]) => text.includes(formula)).map(([name]) => name);
  assert.deepEqual(where, [header], formula);
}

test('each formula set apart in docs/theory.md stands in one public header, or is said to have no code', () => {
  const found = [...sections].flatMap(([section, text]) => [...text.matchAll(/^\$\$/gm)].map(() => section));
  assert.deepEqual(found, apart.map(([section]) => section), 'a formula came or went: name its header here');
  for (const [section, header, formula] of apart) {
    if (header !== none) standsInOneHeader(header, formula);
    else assert.match(sections.get(section), /[Nn]o c(ode|losed form) of the library/, `section ${section}`);
  }
});

test('so does each formula in its lists', () => {
  for (const [section, written, header, formula] of listed) {
    assert.ok(sections.get(section).includes(written), `section ${section}: ${written}`);
    standsInOneHeader(header, formula);
  }
});
