// `denoise figure` without the page's build: what it puts where in a template, and what it refuses.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32, inflateSync } from 'node:zlib';
import { denoise, folder, refusedAt, written } from './denoise.mjs';

const marks = ['title', 'still', 'caption', 'credit', 'document'];
const template = written('template.html', marks.map((name) => `[${name}]<!--figure:${name}-->[/${name}]`).join('\n'));
const figure = (experiment, ...values) => denoise(['figure', '-', '--template', template, ...values], JSON.stringify(experiment));
const partsOf = (text) => Object.fromEntries(marks.map((name) => [name, text.split(`[${name}]`)[1].split(`[/${name}]`)[0]]));

const obtuse = { version: 1, data: { points: [[0, 0], [2, 0], [-0.5, 1]] }, noise: { radius: 0.1 } };

test('fills the template: the picture, its words, the experiment with its defaults', () => {
  const { status, stdout, stderr } = figure(obtuse);
  assert.equal(status, 0, stderr);
  const { still, caption, credit, document } = partsOf(stdout);
  assert.equal(still.match(/<circle/g).length, 6, 'three points and their balls');
  assert.match(caption, /obtuse simplex: ramps along edges \(theorem, Zeno et al\. 2023\), of cost 4\.658/);
  assert.match(credit, /arxiv\.org/);
  const found = JSON.parse(document);
  assert.equal(found.version, 1);
  assert.deepEqual(found.experiment.data, obtuse.data);
  assert.equal(found.experiment.noise.radius, 0.1);
  assert.ok(found.experiment.training.width > 0);
  const out = join(folder, 'figure.html');
  assert.equal(figure(obtuse, '-o', out).stdout, '');
  assert.equal(readFileSync(out, 'utf8'), stdout);
});

test('draws a line, and the certified denoiser where no closed form is known', () => {
  const line = partsOf(figure({ version: 1, data: { preset: 'line-3' } }).stdout);
  assert.equal(line.still.match(/<circle/g).length, 3);
  assert.match(line.still, /h\(y\)/);
  assert.match(partsOf(figure({ version: 1, data: { preset: 'pentagon' } }).stdout).caption, /certified/);
});

test('--anonymous leaves out who and where', () => {
  const { credit, caption, document } = partsOf(figure(obtuse, '--anonymous').stdout);
  assert.equal(credit, '');
  assert.doesNotMatch(caption, /Zeno|20\d\d/);
  assert.equal(JSON.parse(document).anonymous, true);
});

test('points that lie near together keep their figure, trained by the method that takes their noise', () => {
  const near = { version: 1, data: { points: [[0, 0], [0.02, 0.01], [3, 0], [0, 3]] } };
  const { status, stdout, stderr } = figure(near);
  assert.equal(status, 0, stderr);
  const { experiment } = JSON.parse(partsOf(stdout).document);
  assert.deepEqual(experiment.data, near.data);
  assert.equal(experiment.training.method, 'weight-decay');
  assert.equal(experiment.training.weight_decay, 1e-8);
  const lagrangian = figure({ ...near, training: { method: 'augmented-lagrangian' } });
  assert.equal(refusedAt(lagrangian), 'noise.radius');
});

test('says what of a document no figure shows', () => {
  const { status, stdout, stderr } = figure({ ...obtuse, denoiser: { kind: 'empirical-mmse' }, evaluate: { points: [[0, 1]] }, flow: {}, report: ['ends'] });
  assert.equal(status, 0, stderr);
  assert.match(stderr, /^denoise: The figure is one of training; what it leaves out, `denoise run` computes: denoiser empirical-mmse, evaluate, flow\.\n$/);
  assert.equal(JSON.parse(partsOf(stdout).document).experiment.denoiser.kind, 'trained');
  assert.equal(figure({ ...obtuse, denoiser: { kind: 'minimum-cost' } }).stderr, '');
  assert.equal(figure({ version: 1, data: { preset: 'line-3' }, denoiser: { kind: 'empirical-mmse' } }).stderr, '', 'a line draws it');
  const network = { input_weights: [[1, 0]], biases: [0], output_weights: [[1, 0]] };
  assert.equal(refusedAt(figure({ ...obtuse, denoiser: { kind: 'network', network } })), 'denoiser.kind');
});

const pixel = (n, i) => (37 * n + ((n + 3) * i * i) / 2 + 5) & 255;
/** An IDX file of images. */
const idx = (count, side = 28) => {
  const path = join(folder, `${count}-${side}.idx`);
  writeFileSync(path, Buffer.from([0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, side, 0, 0, 0, side, ...Array.from({ length: count * side * side }, (_, i) => pixel(Math.floor(i / side ** 2), i % side ** 2))]));
  return path;
};

test('carries the images that it shows, and no others', () => {
  const { status, stdout, stderr } = figure({ version: 1, data: { images: { set: 'mine', indices: [4, 0, 2] } }, noise: { level: 0.3, samples: 4 } }, '--images', `mine=${idx(5)}`);
  assert.equal(status, 0, stderr);
  const { still, title, document } = partsOf(stdout);
  assert.match(title, /images$/);
  const found = JSON.parse(document);
  assert.deepEqual(found.experiment.data, { images: { set: 'digits and your own images', indices: [1000, 1001, 1002] } });
  assert.deepEqual(found.carried.indices, [1000, 1001, 1002]);
  const pixels = inflateSync(Buffer.from(found.carried.pixels, 'base64'));
  assert.deepEqual([...pixels], [4, 0, 2].flatMap((n) => Array.from({ length: 784 }, (_, i) => pixel(n, i))));
  // The first row of the still picture: a PNG of the clean images side by side.
  const rows = [...still.matchAll(/href="data:image\/png;base64,([^"]*)"/g)].map(([, text]) => Buffer.from(text, 'base64'));
  assert.equal(rows.length, 3);
  const [png] = rows;
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [90, 28]);
  const lines = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
  assert.deepEqual([...lines.subarray(91 + 1, 91 + 29)], Array.from({ length: 28 }, (_, i) => pixel(4, 28 + i)));
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const end = at + 8 + png.readUInt32BE(at);
    assert.equal(png.readUInt32BE(end), crc32(png.subarray(at + 4, end)));
  }
});

test('refuses what no figure shows, and says what is wrong with a template', () => {
  const points = [[0, 0, 0], [1, 0, 0], [0, 1, 1]];
  assert.equal(refusedAt(figure({ version: 1, data: { points } })), 'data.points');
  const of = (images, ...values) => refusedAt(figure({ version: 1, data: { images } }, ...values));
  assert.equal(of({ set: 'mnist', indices: [0, 1, 2] }), 'data.images.set');
  assert.equal(of({ set: 'mine', indices: [0, 1] }, '--images', `mine=${idx(5)}`), 'data.images.indices');
  assert.equal(of({ set: 'mine', indices: [0, 1, 5] }, '--images', `mine=${idx(5)}`), 'data.images.indices[2]');
  assert.equal(of({ set: 'mine', indices: [0, 1, 2], centre: true }, '--images', `mine=${idx(5)}`), 'data.images.centre');
  assert.equal(of({ set: 'small', indices: [0, 1, 2] }, '--images', `small=${idx(5, 14)}`), 'data.images');
  assert.equal(refusedAt(figure({ version: 1, data: { points: [[0], [1]] }, noise: { radius: 2 } })), 'noise.radius');
  const lacking = denoise(['figure', '-', '--template', written('empty.html', '<p>')], JSON.stringify(obtuse));
  assert.equal(lacking.status, 1);
  assert.match(lacking.stderr, /^denoise: The figure's template has no <!--figure:title-->\.\n$/);
  const absent = denoise(['figure', '-', '--template', join(folder, 'nowhere.html')], JSON.stringify(obtuse));
  assert.equal(absent.status, 1);
  assert.match(absent.stderr, /There is no figure template at .*nowhere\.html: `npm run build:figure`/);
});
