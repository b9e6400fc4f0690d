// Whatever a visitor does, in whatever order: sequences of random actions on the store, with the
// training loop and the real module behind it, end with no exception, no "diverged" where no number
// was, a page that still trains, and a link that restores what is shown.
//
// Each sequence has a seed, which is printed where it fails. The short run is part of scripts/test;
// the full one is
//     ACTIONS_COUNT=440 node --test tests/page/random_actions.test.mjs
// and one sequence again is ACTIONS_SEED=<seed> ACTIONS_COUNT=1. In the browser, with its controls:
//     ACTIONS_COUNT=60 npx playwright test random_actions
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { dice } from './dice.mjs';
import { openPage } from './load.mjs';
import { startStore } from './store.mjs';

const first = Number(process.env.ACTIONS_SEED ?? 1);
const count = Number(process.env.ACTIONS_COUNT ?? 10);
const actionsOfSequence = 20;

const page = await openPage();
after(() => page.close());
const { scenes } = await page.load('scenes/index.ts');
const { linksOf } = await page.load('store/link.ts');
const { readHash, sceneNames, writeHash } = linksOf(scenes);
const { choices } = await page.load('scenes/images/picks.ts');
const { numbers, noiseRanges } = await page.load('ui/controls.tsx');
const { mostPins, nameOf } = await page.load('scenes/points/pins.ts');
const { RiskCurves } = await page.load('scenes/line/risk_curves.ts');
const { openOwn } = await page.load('store/own_data.ts');

const small = { width: 20, samples: 5 };
const heavy = 1e8; // products of a step, above which a sequence does not wait for steps

/** Products of a step's size: samples, width and dimension. */
const work = (app) => {
  const { count: points, dimension } = app.description.value;
  return points * app.state.value.samples * app.state.value.width * dimension;
};

/** The actions: each says what it does, and does it. */
function actions({ app, addPoint, movePoint, removePoint, currentPoints, settled }, roll) {
  const { between, chance, pick, whole } = roll;
  const place = () => {
    const { dimension, diameter } = app.description.value;
    const centre = pick(currentPoints(app));
    return Array.from({ length: dimension }, (_, i) => Number((centre[i] + between(-1, 1) * diameter).toPrecision(4)));
  };
  const onPoints = () => app.state.value.scene !== 'images';
  const turns = async () => {
    for (let turn = whole(0, 12); turn > 0; --turn) await app.engine.value.ask('checksum');
  };
  return {
    add: () => onPoints() && addPoint(app, place()),
    remove: () => onPoints() && removePoint(app, whole(0, currentPoints(app).length - 1)),
    drag: () => {
      if (!onPoints()) return false;
      const points = currentPoints(app);
      const n = whole(0, points.length - 1);
      app.dragging = true;
      for (let move = whole(1, 6); move > 0; --move) movePoint(app, n, chance(0.1) ? [...pick(points)] : place());
      app.settle();
    },
    preset: () => {
      if (!onPoints()) {
        app.update({ images: [...pick(choices).indices] });
        app.settle();
        return;
      }
      const { dimension } = app.description.value;
      const presets = app.engine.value.presets.filter((p) => p.points[0].length === dimension);
      app.update({ preset: pick(presets).name, points: [], radius: null });
    },
    pick: () => {
      if (onPoints()) return false;
      const picked = app.state.value.images;
      const index = whole(0, 999);
      app.update({ images: chance(0.5) ? [...picked, index] : picked.slice(0, -1) });
      app.settle();
    },
    slider: () => {
      const { of, range } = pick(numbers);
      // Time goes to the few sequences with very many samples or neurons.
      const end = ['width', 'samples'].includes(of) && chance(0.7) ? range[0] : pick(range);
      app.update({ [of]: end }, of);
    },
    noise: () => {
      const name = app.state.value.noise === 'balls' ? 'radius' : 'level';
      app.update({ [name]: Number(pick(noiseRanges(app.description.value, app.state.value.samples)[name]).toPrecision(3)) }, name);
    },
    typed: () => {
      const { of } = pick(numbers);
      app.update({ [of]: pick([NaN, 0, -1, 1.5, 1e9, Infinity]) }, of);
      app.settle();
    },
    kind: () => app.update({ noise: pick(['balls', 'gaussian', 'fresh']) }),
    method: () => app.update({ method: pick(['augmented-lagrangian', 'weight-decay']) }),
    hull: () => app.update({ subspace: !app.state.value.subspace }),
    view: () => app.update(pick([{ layers: app.scene.layers.filter(() => chance(0.5)) }, { field: pick(['trained', 'empirical-mmse', 'closed-form']) }, { heldOut: whole(0, 99) }, { heat: pick(['none', '1', '2']) }])),
    scene: async () => {
      const scene = pick(chance(0.2) ? sceneNames : ['line', 'plane']);
      await app.show(scene);
      if (scene === 'images') app.update(small);
    },
    train: async () => {
      app.play();
      await turns();
    },
    pause: () => app.pause(),
    step: () => app.step(),
    reset: () => app.reset(),
    'new seed': () => app.newSeed(),
    pace: () => app.recording.setPace(pick(['slow', 'fast', 'once'])),
    scrub: async () => {
      app.recording.scrub(Math.floor(10 ** between(0, 4.5)));
      if (chance(0.3)) app.recording.live();
      await turns();
    },
    'play again': async () => {
      app.recording.again();
      await turns();
    },
    proceed: () => app.proceed(),
    undo: () => app.undo(),
    redo: () => app.redo(),
    link: async () => {
      const parts = app.hash().split('&');
      const at = whole(1, parts.length - 1);
      const junk = ['width=wide', 'colour=red', 'points=0,0;1,1;0,1', 'points=1;2;4', 'preset=acute', 'preset=none', 'radius=1e9', 'seed=7', 'noise=fresh', 'samples=3', 'layers=', 'v=2', 'scene=cube', 'images=1,2,3', 'schedule=300', 'pins=A@0,0;B@1', 'pins=A', 'risk=0.1', 'risk=-1'];
      await app.navigate([...parts.slice(0, at), ...(chance(0.5) ? parts.slice(at + 1) : parts.slice(at)), pick(junk)].join('&'));
    },
    look: () => app.scene.dimension === 2 && app.look(chance(0.3) ? null : { centre: [between(-3, 3), between(-3, 3)], half: between(0.01, 5) }),
    pin: () => {
      if (!onPoints()) return false;
      const { pins } = app.state.value;
      if (pins.length < mostPins) app.update({ pins: [...pins, { name: nameOf(pick(['A', 'B;@', 'corner', ' '])) || 'C', at: place() }] });
      else app.update({ pins: pins.slice(0, whole(0, 7)) });
    },
    risk: async () => {
      app.update({ risk: chance(0.3) ? null : Number((10 ** between(-4, 1)).toPrecision(3)) });
      if (app.state.value.scene !== 'line' || app.state.value.risk === null) return;
      const curves = new RiskCurves();
      const end = curves.follow(app, () => [app.state.value.risk], true);
      await turns();
      end();
    },
    keep: () => app.engine.value.keep(`${whole(1, 6)}`),
    drop: () => app.engine.value.drop(`${whole(1, 6)}`),
    'open a file': async () => {
      const row = () => [between(-1, 1).toFixed(2), between(-1, 1).toFixed(2)];
      const points = Array.from({ length: whole(2, 5) }, row);
      const file = pick([points.join('\n'), points.map(([x]) => x).join('\n'), `${points.join('\n')}\n1,two`, JSON.stringify(app.description.value.experiment), '{"version":1,"data":{}}', '\0\0\b\u0003']);
      await openOwn(app, [new Blob([file])]).catch((error) => {
        assert.match(error.message, /^(Line|Byte|[A-Z“"]).*\.$/s);
        app.refuse('file', error.message);
      });
      if (!onPoints()) app.update(small);
    },
    wait: () => settled(),
  };
}

/** "diverged" is said of numbers only: one that is not finite, or a loss far above the data's size. Of steps as
 *  long as the control allows the numbers are not seen: the last good network is kept, and the sentence names
 *  the rate. */
async function checkDivergence(app) {
  assert.ok(!/diverged/i.test(app.note.value), app.note.value);
  const status = app.snapshot.value?.status;
  if (status?.rest !== 'diverged') return;
  const { diameter } = app.description.value;
  const numbersOf = (value) => (Array.isArray(value) ? value.flatMap(numbersOf) : value);
  const finite = Object.values(JSON.parse(await app.engine.value.ask('network'))).flatMap(numbersOf).every(Number.isFinite);
  const said = JSON.stringify(status);
  const { rate } = app.state.value;
  if (rate >= 0.1 && status.reason.includes(`lower learning rate than ${rate} `)) {
    assert.ok(finite, `the network that is kept is not finite: ${said}`);
    return;
  }
  assert.ok(!finite || !Number.isFinite(status.loss) || status.loss > 100 * diameter ** 2, `diverged, but all numbers are finite: ${said}`);
}

/** Waits until the least cost is known, which is sought between frames. */
async function sought(app) {
  for (let turn = 0; app.description.value.searching; ++turn) {
    assert.ok(turn < 2000, 'the search does not end');
    await new Promise((wake) => setTimeout(wake, 10));
  }
}

/** After one sequence: what must hold of the page wherever it ended. */
async function checkEnd({ app, settled }, other) {
  app.recording.live();
  await settled();
  assert.equal(app.snapshot.value.recorded, false, 'the network as it stands is shown');
  await checkDivergence(app);

  // The link restores what is shown.
  const hash = app.hash();
  assert.deepEqual(readHash(hash).state, app.state.value, 'the link holds the state');
  await other.app.navigate(hash);
  await other.settled();
  assert.equal(other.app.note.value, '', 'nothing in the link is refused');
  assert.deepEqual(other.app.state.value, app.state.value);
  await Promise.all([sought(app), sought(other.app)]);
  assert.deepEqual(other.app.description.value, app.description.value);
  assert.deepEqual(other.app.engine.value.cleanPoints(), app.engine.value.cleanPoints());
  assert.deepEqual(other.app.engine.value.samples(), app.engine.value.samples());
  other.app.pause();
  other.app.reset();
  app.pause();
  app.reset();
  await settled();
  assert.equal(app.snapshot.value.status.step, 0);
  assert.equal(await app.engine.value.ask('checksum'), await other.app.engine.value.ask('checksum'), 'the same initial network');

  // It still trains; a step of a great network is not waited for.
  if (work(app) > heavy) app.update(small);
  app.play();
  for (let turn = 0; app.snapshot.value.status.step === 0; ++turn) {
    assert.ok(turn < 50_000, 'the page trains no more');
    await app.engine.value.ask('checksum');
    await new Promise((wake) => setImmediate(wake));
  }
  app.pause();
  await settled();
}

test(`${count} sequences of ${actionsOfSequence} random actions, seeds ${first} to ${first + count - 1}`, async (t) => {
  const other = await startStore(page);
  for (let seed = first; seed < first + count; ++seed) {
    await t.test(`seed ${seed}`, async () => {
      const roll = dice(seed);
      const store = await startStore(page, `scene=${roll.pick(['line', 'line', 'line', 'plane', 'plane', 'plane', 'images'])}&width=40&samples=20`);
      const { app } = store;
      const does = actions(store, roll);
      const did = [];
      const thrown = [];
      const note = (error) => thrown.push(error);
      process.on('unhandledRejection', note);
      try {
        while (did.length < actionsOfSequence) {
          const name = roll.pick(Object.keys(does));
          const done = does[name]();
          if (done === false) continue; // not of this scene
          did.push(name);
          await done;
          if (roll.chance(0.5)) await store.settled();
          assert.doesNotMatch(app.note.value, /^Training stopped/);
          await checkDivergence(app);
        }
        await checkEnd(store, other);
        assert.deepEqual(thrown, []);
      } catch (error) {
        error.message = `seed ${seed}, after ${did.join(', ')} at #${writeHash(app.state.value)}: ${error.message}`;
        throw error;
      } finally {
        process.off('unhandledRejection', note);
        store.close();
      }
    });
  }
});
