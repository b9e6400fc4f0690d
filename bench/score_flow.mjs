// The exact score flow beside Boost.odeint and SciPy's solve_ivp (Debian's python3-scipy, if
// installed) on the same networks and starts. Needs the bench preset:
//   node bench/score_flow.mjs [tolerance of the others]
// PYTHON names another program than python3. Times are CPU time of 10,000 starts.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const tolerance = process.argv[2] ?? '1e-12';
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const options = { encoding: 'utf8', maxBuffer: 1 << 28 };
const native = spawnSync(process.env.SCORE_FLOW_BENCH ?? at('../build/bench/bench/score_flow_bench'), [tolerance], options);
if (native.status !== 0) throw new Error(native.stderr || String(native.error));
const rows = native.stdout.trim().split('\n');
const python = spawnSync(process.env.PYTHON ?? 'python3', [at('peers/solve_ivp.py'), tolerance], { ...options, input: native.stdout });
const others = python.status === 0 ? python.stdout.trim().split('\n').map((line) => JSON.parse(line)) : [];
if (others.length === 0) console.log(`solve_ivp did not run: ${(python.stderr || String(python.error)).trim().split('\n').at(-1)}`);

console.log(`Of the length, ends by steps of tolerance ${tolerance} are apart from the exact ones by at most what stands in brackets.`);
rows.forEach((line, i) => {
  const { network, exact_ms: exact, boost_ms: boost, apart_greatest: apart } = JSON.parse(line);
  const parts = [`${network}: exact ${exact.toFixed(0)} ms`, `Boost.odeint over exact ${(boost / exact).toFixed(1)} (${apart.toExponential(1)})`];
  if (others[i]) parts.push(`SciPy ${others[i].scipy} over exact ${((1e4 * others[i].ms) / exact).toFixed(0)} (${others[i].apart_greatest.toExponential(1)})`);
  console.log(parts.join(', '));
});
