// Speed of training in the module under node: the cases of native_bench.cpp through Session, driven
// in calls as the page does. Needs the wasm preset built with -DDENOISE_BENCH=ON:
//   node bench/module_bench.mjs [seconds a case [number of cases]]
// `share`: of the multiply-add loop's rate in a module of its own, which runs between the calls;
// of medians. Times are the process's CPU time.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createModule } from '../tests/module/create.mjs';
import { samePoints } from './points.mjs';

const seconds = Number(process.argv[2] ?? 3);
const wanted = Number(process.argv[3] ?? Infinity);
const module = await createModule();
const peakFile = new URL('../build/wasm/bench/denoise_peak.wasm', import.meta.url);
const { instance } = await WebAssembly.instantiate(readFileSync(fileURLToPath(peakFile)), {
  env: { emscripten_notify_memory_growth() {} },
});
const { multiplyAdds, operations } = instance.exports;

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
function secondsOf(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1e-6;
}
// Many short calls: V8 does not replace a running loop by optimised code.
const rounds = 20_000;
const peak = () => (rounds * operations()) / secondsOf(() => multiplyAdds(rounds));
for (let i = 0; i < 200; ++i) peak();

/** A session at the start of training; the points are the same in every run. */
function training({ d, width, points, samples, level = 0.01, method = 'weight-decay' }) {
  const session = new module.Session();
  session.configure(
    JSON.stringify({
      version: 1,
      data: { points: samePoints(points, d) },
      noise: { level, samples },
      training: { width, method, steps: 10_000_000 }, // it must not rest
    }),
  );
  session.startTraining();
  return session;
}

/** CPU seconds of each of the steps that fit in the time, and the peaks between them. */
function steps(session, samplesOfStep, time) {
  const times = [], peaks = [];
  const end = performance.now() + 1000 * time;
  const step = () => {
    for (let done = 0; done === 0; ) done = session.advance(Math.min(samplesOfStep, 1024));
  };
  for (let i = 0; i < 20 || (i < 500 && performance.now() < end - 700 * time); ++i) step(); // tiers up
  const batch = Math.max(1, Math.floor(1e-3 / secondsOf(step)));
  while (performance.now() < end || times.length < 5) {
    peaks.push(peak());
    times.push(secondsOf(() => { for (let i = 0; i < batch; ++i) step(); }) / batch);
  }
  return { times, peaks };
}

const cases = [
  [2, 200, 3, 60], [2, 1000, 10, 512], [2, 1000, 10, 512, 1], [3, 1000, 10, 512], [3, 1000, 10, 512, 1],
  [4, 1000, 10, 512], [4, 1000, 10, 512, 1], [8, 1000, 10, 512], [8, 1000, 10, 512, 1],
  [16, 1000, 10, 512], [16, 1000, 10, 512, 1], [64, 1000, 10, 512],
  [784, 1000, 8, 64], [1, 500, 5, 500],
];
for (const [d, width, points, samples, level = 0.01] of cases.slice(0, wanted)) {
  const session = training({ d, width, points, samples, level });
  const count = points * samples;
  const { times, peaks } = steps(session, count, seconds);
  const work = count * (10 * width * d + 4 * d * d);
  const time = median(times), top = median(peaks);
  console.log(
    `d = ${d}, K = ${width}, N = ${count}, noise ${level}: ${(1e3 * time).toFixed(3)} ms a step, ` +
      `${(1e-9 * work / time).toFixed(1)} GFLOP/s, share ${(work / time / top).toFixed(3)} ` +
      `of ${(1e-9 * top).toFixed(1)}`,
  );
  session.delete();
}

if (wanted > cases.length) {
  const small = training({ d: 1, width: 500, points: 5, samples: 500 });
  const large = training({ d: 1, width: 4000, points: 20, samples: 1000 });
  const ratios = [];
  for (let i = 0; i < 60; ++i) {
    const before = secondsOf(() => { for (let j = 0; j < 8; ++j) small.advance(2500); }) / 8;
    const after = secondsOf(() => large.advance(20000));
    if (i >= 10) ratios.push(after / before);
  }
  console.log(`d = 1: from (K, N) = (500, 2500) to (4000, 20000) ${median(ratios).toFixed(1)} times as long`);
  small.delete();
  large.delete();

  const digits = training({ d: 784, width: 200, points: 10, samples: 100, method: 'augmented-lagrangian' });
  digits.advance(1000);
  const bytes = digits.cleanPoints().buffer.byteLength; // of the memory that views stand in
  console.log(`d = 784, K = 200, 10 x 100 samples: a heap of ${(1e-6 * bytes).toFixed(0)} MB, with the above`);
}
