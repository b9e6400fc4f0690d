// Milliseconds of one full-batch Adam step of a shallow ReLU denoiser in TensorFlow.js, WASM.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs');
const wasm = require('@tensorflow/tfjs-backend-wasm');

const [d, width, points, samples, decay, batch] = [2, 200, 3, 60, 1e-4, 20];
wasm.setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '/'));
await tf.setBackend('wasm');
await tf.ready();
if (tf.getBackend() !== 'wasm') throw new Error('TensorFlow.js has no WASM here');

const clean = tf.tidy(() =>
  tf.reshape(tf.tile(tf.expandDims(tf.randomNormal([points, d], 0, 1, 'float32', 1), 1), [1, samples, 1]), [-1, d]),
);
const noisy = tf.add(clean, tf.randomNormal(clean.shape, 0, 0.01, 'float32', 2));
const variable = (shape, seed) => tf.variable(tf.randomNormal(shape, 0, 0.5, 'float32', seed));
const inputWeights = variable([d, width], 3), biases = variable([width], 4);
const outputWeights = variable([width, d], 5), skip = variable([d, d], 6), offset = variable([d], 7);
const optimiser = tf.train.adam(0.01);
const loss = () => {
  const hidden = tf.relu(tf.add(tf.matMul(noisy, inputWeights), biases));
  const h = tf.add(tf.add(tf.matMul(hidden, outputWeights), tf.matMul(noisy, skip)), offset);
  const error = tf.mean(tf.sum(tf.square(tf.sub(h, clean)), 1));
  const weights = tf.add(tf.sum(tf.square(inputWeights)), tf.sum(tf.square(outputWeights)));
  return tf.add(error, tf.mul(weights, decay / 2));
};
const step = () => optimiser.minimize(loss);

for (let i = 0; i < 100; ++i) step();
const end = performance.now() + 1000 * Number(process.argv[2]);
const times = [];
while (performance.now() < end) {
  const before = process.cpuUsage();
  for (let i = 0; i < batch; ++i) step();
  const { user, system } = process.cpuUsage(before);
  times.push((1e-3 * (user + system)) / batch);
}
console.log(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]);
