// `denoise figure` without the page's build: what it puts where in a template, and what it refuses.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
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

test('refuses what no figure shows, and says what is wrong with a template', () => {
  const points = [[0, 0, 0], [1, 0, 0], [0, 1, 1]];
  assert.equal(refusedAt(figure({ version: 1, data: { points } })), 'data.points');
  assert.equal(refusedAt(figure({ version: 1, data: { images: { set: 'mnist', indices: [0, 1] } } })), 'data.images');
  assert.equal(refusedAt(figure({ version: 1, data: { points: [[0], [1]] }, noise: { radius: 2 } })), 'noise.radius');
  const lacking = denoise(['figure', '-', '--template', written('empty.html', '<p>')], JSON.stringify(obtuse));
  assert.equal(lacking.status, 1);
  assert.match(lacking.stderr, /^denoise: The figure's template has no <!--figure:title-->\.\n$/);
  const absent = denoise(['figure', '-', '--template', join(folder, 'nowhere.html')], JSON.stringify(obtuse));
  assert.equal(absent.status, 1);
  assert.match(absent.stderr, /There is no figure template at .*nowhere\.html: `npm run build:figure`/);
});
