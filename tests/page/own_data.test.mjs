// A reader's own files: what is well formed is opened, and hundreds of malformed ones of each kind end in a
// sentence and lose nothing. The browser decodes PNG: there tests/browser/own_data.spec.ts has damaged ones.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dice } from './dice.mjs';
import { openPage } from './load.mjs';
import { startStore } from './store.mjs';

const malformed = 200; // of each kind

const page = await openPage();
let store;
let own;
before(async () => {
  own = await page.load('store/own_data.ts');
  store = await startStore(page, 'scene=plane&preset=obtuse&width=20&samples=5');
});
after(async () => {
  store.close();
  await page.close();
});

const bytesOf = (part) => (typeof part === 'string' ? new TextEncoder().encode(part) : Uint8Array.from(part));
const open = (...files) => own.openOwn(store.app, files.map((parts) => new Blob(typeof parts === 'string' ? [parts] : [bytesOf(parts)])));
const points = () => store.currentPoints(store.app);

test('points of a CSV file are those that are shown, however they are set apart', async () => {
  const wanted = [[0, 0], [2, 0.5], [-1, 1.5]];
  for (const text of ['0,0\n2,.5\n-1,1.5', '\ufeffx;y\r\n0;0\r\n2;0,5\r\n−1;1,5\r\n', '# libdenoise\n\nx\ty\n0\t0\n2\t5e-1\n-1\t+1.5\n\n', '  0   0\n2 0.5\n  -1 1.5', '"x","the ""y"""\n"0","0"\n2,"0.5"\n-1,1.5']) {
    store.app.update({ preset: 'obtuse', points: [], radius: null });
    await open(text);
    assert.deepEqual(points(), wanted, JSON.stringify(text));
  }
});

test('points of one number open the line, those of two the plane, others are refused', async () => {
  await open('0\n1\n3');
  assert.equal(store.app.state.value.scene, 'line');
  assert.deepEqual(points(), [[0], [1], [3]]);
  await open('0,0\n1,0\n0,3');
  assert.equal(store.app.state.value.scene, 'plane');
  await assert.rejects(open('0,0,1\n1,0,1\n0,3,1'), /have 3 numbers each/);
  store.app.undo();
  await store.settled();
  assert.equal(store.app.state.value.scene, 'line', 'undo leads back');
});

test('the page’s own tables and experiments are read back', async () => {
  const { csvOf } = await page.load('ui/tables.ts');
  const csv = csvOf([['y1', 'y2'], [0.25, -1], [1, 1], [3, 0]], { version: '0', seed: 1, noiseSeed: 1, step: 0, checksum: null }, 'http://page/#a,b');
  assert.match(await open(csv), /3 points; “y1, y2” was taken for names/);
  assert.deepEqual(points(), [[0.25, -1], [1, 1], [3, 0]]);

  await store.app.navigate('scene=line&preset=line-5&noise=gaussian&level=0.01&samples=7&noise-seed=3&method=weight-decay&lambda=0.001&rate=0.02&width=17&schedule=900&seed=9');
  const state = store.app.state.value;
  const experiment = JSON.stringify(store.app.description.value.experiment);
  await store.app.navigate('scene=plane&preset=right');
  assert.match(await open(experiment), /^An experiment\.$/);
  assert.deepEqual(store.app.state.value, state);
  assert.match(await open(`${experiment.slice(0, -1)},"evaluate":{"points":[[0.5]]}}`), /without its evaluate, which the command computes/);
});

/** An IDX file of images in which pixel p of image n is n + p. */
const idx = (count, rows = 28, columns = 28, header = [0, 0, 8, 3]) => [...header, ...[count, rows, columns].flatMap((v) => [v >>> 24, (v >>> 16) & 255, (v >>> 8) & 255, v & 255]), ...Array.from({ length: count * rows * columns }, (_, i) => (Math.floor(i / (rows * columns)) + (i % (rows * columns))) & 255)];

test('images of an IDX file are clean points, scaled to 28 x 28 and bounded', async () => {
  assert.match(await open(idx(3)), /3 images, now under “own”/);
  assert.equal(store.app.state.value.scene, 'images');
  assert.deepEqual(store.app.state.value.images, [1000, 1001, 1002]);
  const clean = store.app.engine.value.cleanPoints();
  assert.equal(clean.length, 3 * 784);
  [0, 100, 783].forEach((p) => assert.ok(Math.abs(clean[784 + p] - ((1 + p) & 255) / 255) < 1e-12));
  assert.equal(store.app.description.value.experiment.data.images.set, 'digits and your own images');

  const { scaled } = await page.load('store/files/pictures.ts');
  assert.deepEqual([...scaled(new Uint8Array(56 * 56).fill(77), 56, 56)], new Array(784).fill(77));
  const wide = scaled(new Uint8Array(28 * 14).fill(200), 28, 14);
  assert.equal(wide[0], 0, 'what is no square stands in the middle of one');
  assert.equal(wide[14 * 28], 200);

  await open(idx(1, 14, 14)); // too few to stand alone: beside those that are picked
  assert.deepEqual(store.app.state.value.images, [1000, 1001, 1002, 1003]);
  await assert.rejects(open(idx(97)), /room for 100 images of your own; with these it would be 101/);
  assert.match(await open(idx(96, 2, 2)), /first 20 of them picked/);
  // A link to them is refused where they are not, and says why.
  const other = await startStore(page, 'scene=images&images=1000,1001,1002');
  assert.match(other.app.note.value, /no image set "digits and your own images" here/);
  other.close();
});

/** What must not change. */
const kept = async () => ({ state: store.app.state.value, hash: store.app.hash(), clean: store.app.engine.value.cleanPoints(), checksum: await store.app.engine.value.ask('checksum'), step: store.app.snapshot.value.status.step, undo: store.app.canUndo.value });

const sentence = /^(Line \d|Byte \d|[A-Z“"]).*[.]$/s;

async function refusesAll(make, also = () => undefined) {
  await store.app.navigate('scene=plane&preset=obtuse&width=20&samples=5');
  store.app.step();
  await store.settled();
  const before = await kept();
  let where = 0;
  for (let seed = 1; seed <= malformed; ++seed) {
    const file = make(dice(seed), seed);
    let said;
    try {
      said = await open(file).then((done) => assert.fail(`seed ${seed} was opened: ${done}`));
    } catch (error) {
      if (error.code === 'ERR_ASSERTION') throw error;
      said = error.message;
    }
    assert.match(said, sentence, `seed ${seed}`);
    assert.ok(said.length < 400, `seed ${seed}: ${said}`);
    also(said, seed);
    if (/[Ll]ine \d+, column \d+|Byte [\d,]+/.test(said)) ++where;
    assert.deepEqual(store.app.state.value, before.state, `seed ${seed}`);
  }
  await store.settled();
  assert.deepEqual(await kept(), before);
  store.app.step();
  await store.settled();
  assert.equal(store.app.snapshot.value.status.step, before.step + 1, 'it still trains');
  return where;
}

test(`${malformed} malformed CSV files end in a sentence that names line and column, and lose nothing`, async () => {
  const junk = ['abc', '1.2.3', '--4', '0x10', 'NaN', 'Infinity', '1e400', '-1e12', '', '1_000', '"a\nb"', '<b>', '\u0000', '１', '=1+1', '5e', '٣'];
  const where = await refusesAll(({ whole, pick, between, chance }, seed) => {
    const rows = Array.from({ length: whole(3, 9) }, () => [between(-2, 2).toFixed(3), between(-2, 2).toFixed(3)]);
    const at = whole(1, rows.length - 1);
    if (seed % 7 === 0) rows[at].push('1'); // a column too many
    else if (seed % 7 === 1) rows[at].pop();
    else if (seed % 7 === 2) for (let n = 0; n < 300; ++n) rows.push([`${n}`, '7']); // too many points
    else rows[at][whole(0, 1)] = pick(junk);
    const d = pick([',', ';', '\t']);
    return `${chance(0.3) ? `x${d}y\n` : ''}${rows.map((row) => row.join(d)).join(pick(['\n', '\r\n']))}`;
  });
  assert.ok(where === malformed, `${where} of them name line and column`);
});

test('points that the library refuses are refused in its sentence, and lose nothing', async () => {
  await refusesAll(({ between, whole }) => {
    const [x, y] = [between(-1, 1), between(-1, 1)];
    return Array.from({ length: whole(2, 6) }, () => `${x},${y}`).join('\n'); // one upon the other
  });
});

test(`${malformed} malformed experiments end in a sentence, and lose nothing`, async () => {
  const sound = JSON.stringify({ version: 1, data: { points: [[0, 0], [2, 0], [0, 1.5]] }, noise: { radius: 0.1, samples: 5 }, training: { width: 20, steps: 500 } });
  const wrong = [
    { data: { points: [[0, 0], [1]] } }, { data: { preset: 'none' } }, { data: {} }, { version: 2 }, { version: '1' }, { noise: { radius: -1 } }, { noise: { radius: 'wide' } }, { noise: { level: 0 } },
    { training: { width: 0 } }, { training: { width: 1e9 } }, { training: { steps: 1.5 } }, { training: { method: 'magic' } }, { colour: 'red' }, { data: { points: 3 } }, { data: { images: { set: 'mnist', indices: [1, 1, 99999] } } },
    { data: { images: { set: 'other', indices: [1, 2, 3] } } }, { data: { points: [[0, 0, 0], [1, 0, 0], [0, 2, 0]] } }, { data: { points: [[0, 0], [0, 0]] } }, { denoiser: { kind: 'magic' } },
  ];
  await refusesAll(({ whole, pick }, seed) => {
    if (seed % 2 === 0) return JSON.stringify({ ...JSON.parse(sound), ...pick(wrong) });
    const at = whole(1, sound.length - 1);
    return pick([sound.slice(0, at), `${sound.slice(0, at)}\u0001${sound.slice(at)}`, `${sound}${sound}`, `[${sound}]`, `{"a":${'['.repeat(whole(100, 5000))}`]);
  });
});

test(`${malformed} malformed IDX files end in a sentence that names the byte, and lose nothing`, async () => {
  const where = await refusesAll(({ whole, pick }, seed) => {
    const file = idx(3, 4, 5);
    const kinds = [
      () => file.slice(0, whole(1, file.length - 1)), // cut short
      () => [...file, ...Array.from({ length: whole(1, 40) }, () => whole(0, 255))],
      () => file.with(whole(1, 3), pick([1, 2, 4, 13, 255])), // the header
      () => file.with(whole(4, 15), whole(100, 255)), // a promise of more
      () => idx(0, 28, 28),
      () => file.with(7, 0),
      () => file.with(whole(4, 6), 255).with(8, 255),
      () => file.with(11, 0),
      () => file.with(15, 0),
      () => [0, 0, 8, 1, 0, 0, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9], // labels
    ];
    return kinds[seed % kinds.length]();
  });
  assert.equal(where, malformed);
});

test(`${malformed} malformed PNG files end in a sentence, and lose nothing`, async () => {
  globalThis.createImageBitmap = async () => {
    throw new Error('InvalidStateError');
  };
  const start = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 28, 0, 0, 0, 28, 8, 0, 0, 0, 0];
  const damaged = [];
  await refusesAll(
    ({ whole }, seed) => {
      const noise = Array.from({ length: whole(0, 60) }, () => whole(0, 255));
      if (seed % 4 === 0) return start.slice(0, whole(4, 23));
      if (seed % 4 === 1) return [...start.with(whole(4, 15), 200), ...noise];
      if (seed % 4 === 2) return [...start.with(whole(16, 17) + 4 * whole(0, 1), whole(1, 255)), ...noise]; // a picture too large to decode
      return [...start, ...noise];
    },
    (said, seed) => damaged.push([seed % 4, said]),
  );
  delete globalThis.createImageBitmap;
  assert.ok(damaged.every(([kind, said]) => (kind === 3 ? /cannot be decoded/ : /^Byte \d+: /).test(said)));
});

test('what is too much, or nothing, is refused before it is read', async () => {
  await assert.rejects(open(''), /The file is empty/);
  await assert.rejects(open('1,2\n'.repeat(300_000)), /1,200,000 bytes; of CSV and JSON at most 1,000,000 are read/);
  await assert.rejects(open('0\n1', '0\n2'), /opened one by one/);
});
