// What a record costs its run: CPU time to rest in the module, with the page's recorder and without, in turn, and
// the bytes that the record holds. Needs the wasm preset and npm run build (the digits):
//   node bench/recording.mjs [pairs = 9]
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { createModule } from '../tests/module/create.mjs';
import { openPage } from '../tests/page/load.mjs';

const pairs = Number(process.argv[2] ?? 9);
const page = await openPage();
const { Recorder } = await page.load('engine/recording.ts');
const { HeldRecorder } = await page.load('engine/held_recording.ts');
const module = await createModule();
const digits = new Uint8Array(inflateSync(readFileSync(new URL('../build/digits/mnist.bin', import.meta.url))));

const few = (preset) => ({ data: { preset }, noise: { samples: 80 }, training: { width: 200 } });
const images = (indices) => ({ data: { images: { set: 'mnist', indices } }, noise: { samples: 80 }, training: { width: 200, subspace: true } });
const cases = {
  'line, five points': few('line-5'),
  'plane, obtuse': few('obtuse'),
  'plane, acute': few('acute'),
  'three digits': images([0, 16, 23]),
  'five digits': images([0, 100, 200, 300, 400]),
};

/** Slices of so many samples as a page's: some milliseconds. */
const slice = 50_000;

/** @return CPU milliseconds to rest, with what the record holds */
function run(experiment, records) {
  const session = new module.Session();
  session.addImages('mnist', digits);
  const description = JSON.parse(session.configure(JSON.stringify({ version: 1, ...experiment })));
  session.startTraining();
  const perStep = session.samples().length / description.dimension;
  const Kind = description.dimension > 2 ? HeldRecorder : Recorder;
  const begun = process.cpuUsage();
  const recorder = records ? new Kind(session, description, 0) : null;
  for (let step = 0; session.trainingStatus().rest === ''; ) {
    for (let left = slice; left > 0; ) {
      if (recorder && step >= recorder.next) recorder.look(step, false);
      const part = recorder ? Math.min(left, (recorder.next - step) * perStep) : left;
      step += session.advance(part);
      left -= part;
    }
  }
  recorder?.look(session.trainingStatus().step, true);
  const { user, system } = process.cpuUsage(begun);
  const bytes = (value) =>
    ArrayBuffer.isView(value) ? value.byteLength : value !== null && typeof value === 'object' ? Object.values(value).reduce((sum, each) => sum + bytes(each), 0) : 8;
  const held = recorder && { moments: recorder.moments.length, bytes: bytes(recorder.moments) };
  session.delete();
  return { ms: (user + system) / 1000, held };
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
console.log('| run | without, ms | with, ms | over | moments | MB in the page |');
console.log('|---|---|---|---|---|---|');
for (const [name, experiment] of Object.entries(cases)) {
  run(experiment, false);
  const times = Array.from({ length: pairs }, () => [run(experiment, false), run(experiment, true)]);
  const [without, recorded] = [0, 1].map((k) => median(times.map((pair) => pair[k].ms)));
  const over = median(times.map(([a, b]) => b.ms / a.ms)) - 1;
  const { moments, bytes } = times[0][1].held;
  console.log(`| ${[name, without.toFixed(0), recorded.toFixed(0), `${(100 * over).toFixed(1)} %`, moments, (bytes / 1e6).toFixed(2)].join(' | ')} |`);
}
await page.close();
