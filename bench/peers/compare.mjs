// One full-batch Adam step at d = 2, K = 200, 180 samples: this library beside PyTorch (Debian's
// python3-torch, if installed) and TensorFlow.js (npm ci in this folder), in turns on one machine.
// Needs the bench preset and the wasm preset with -DDENOISE_BENCH=ON:
//   node bench/peers/compare.mjs [rounds]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.argv[2] ?? 5);
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const seconds = '1';

function output(command, ...options) {
  const { status, stdout, stderr } = spawnSync(command, options, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${options.join(' ')}: ${stderr}`);
  return stdout;
}
const python = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import torch']).status === 0,
);

/** Each gives the median milliseconds of a step, in CPU time of its thread. */
const runs = {
  native: () => {
    const text = output(
      at('../../build/bench/bench/denoise_bench'), '--benchmark_filter=^step/2/200/',
      `--benchmark_min_time=${seconds}`, '--benchmark_format=json',
    );
    return JSON.parse(text).benchmarks[0].ms;
  },
  module: () => {
    const text = output('node', at('../module_bench.mjs'), seconds, '1');
    return Number(text.match(/([\d.]+) ms a step/)[1]);
  },
};
if (python) runs.torch = () => Number(output(python, at('torch_step.py'), seconds));
if (existsSync(at('node_modules'))) runs.tfjs = () => Number(output('node', at('tfjs_step.mjs'), seconds));

const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
for (let round = 0; round < rounds; ++round) {
  for (const [name, run] of Object.entries(runs)) times[name].push(run());
}
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
for (const [name, list] of Object.entries(times)) {
  console.log(`${name}: ${median(list).toFixed(4)} ms a step (${list.map((t) => t.toFixed(4)).join(', ')})`);
}
function compare(peer, ours) {
  if (!times[peer]) return console.log(`${peer} is not installed`);
  const ratio = median(times[peer].map((time, round) => time / times[ours][round]));
  console.log(`${peer} takes ${ratio.toFixed(1)} times as long as ${ours}`);
}
compare('torch', 'native');
compare('tfjs', 'module');
