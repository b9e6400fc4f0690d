// The page's state: one flat object = the experiment and the view settings. It round-trips through
// the URL hash (`#v=1&scene=plane&preset=equilateral&radius=0.2`), keys short, defaults omitted.
// Values that cannot be read fall back with a note; whether a number is within its bounds is for
// the library to say, which every state passes through before it is shown.
import type { Experiment, Which } from '../denoise';

export type SceneName = 'line' | 'plane' | 'images';
export type NoiseKind = 'balls' | 'gaussian' | 'fresh';
export type Method = 'augmented-lagrangian' | 'weight-decay';

export interface State {
  scene: SceneName;
  embed: boolean; // hide the controls, never an output
  play: boolean; // train as soon as the page is ready
  preset: string; // '' when `points` are given
  points: number[][];
  images: number[]; // indices into the image set
  noise: NoiseKind;
  radius: number | null; // null: the library's default
  level: number;
  samples: number;
  noiseSeed: number;
  method: Method;
  lambda: number;
  rate: number;
  width: number;
  steps: number;
  seed: number;
  subspace: boolean; // train in the affine hull of the clean points
  layers: string[]; // the scene's switched-on layers
  heldOut: number; // seed of the noise on which the images are shown
  field: Which; // the denoiser whose field is drawn
}

export const sceneNames: readonly SceneName[] = ['line', 'plane', 'images'];

const base: State = {
  scene: 'plane',
  embed: false,
  play: false,
  preset: 'equilateral',
  points: [],
  images: [],
  noise: 'balls',
  radius: null,
  level: 0.1,
  samples: 80,
  noiseSeed: 1,
  method: 'augmented-lagrangian',
  lambda: 1e-4,
  rate: 0.01,
  width: 200,
  steps: 20000,
  seed: 1,
  subspace: false,
  layers: ['field', 'boundaries'],
  heldOut: 1,
  field: 'closed-form',
};

/** What each scene starts from. */
export const defaults: Record<SceneName, State> = {
  line: { ...base, scene: 'line', preset: 'line-3', layers: ['closed-form', 'trained', 'empirical-mmse', 'rug', 'knots'] },
  plane: base,
  images: {
    ...base,
    scene: 'images',
    preset: '',
    images: [0, 100, 200, 300, 400, 500, 600, 700, 800, 900],
    // A few fixed samples of 784 numbers can be interpolated at next to no cost, without denoising.
    noise: 'fresh',
    level: 0.3,
    method: 'weight-decay',
    width: 500,
    samples: 100,
    steps: 4000,
    layers: [],
  },
};

interface Codec<T> {
  key: string;
  read(text: string): T | undefined; // undefined: not understood
  write(value: T): string;
}

const text = (key: string): Codec<string> => ({ key, read: (t) => t, write: (v) => v });
const number = (key: string): Codec<number> => ({
  key,
  read: (t) => (t.trim() !== '' && Number.isFinite(Number(t)) ? Number(t) : undefined),
  write: String,
});
const choice = <T extends string>(key: string, values: readonly T[]): Codec<T> => ({
  key,
  read: (t) => values.find((v) => v === t),
  write: (v) => v,
});
const flag = (key: string): Codec<boolean> => ({
  key,
  read: (t) => (t === '' || t === '1' ? true : t === '0' ? false : undefined),
  write: (v) => (v ? '' : '0'),
});

/** Points as text: `0,0;2,0` or one point a line, numbers apart by commas or spaces. */
export function readPoints(input: string): number[][] {
  return input
    .split(/[;\n]/)
    .filter((row) => row.trim() !== '')
    .map((row) => row.trim().split(/[\s,]+/).map(Number));
}
export const writePoints = (points: number[][]): string => points.map((p) => p.join(',')).join(';');

const words = (key: string): Codec<string[]> => ({
  key,
  read: (t) => (/^[a-z0-9,-]*$/.test(t) ? t.split(',').filter((w) => w !== '') : undefined),
  write: (v) => v.join(','),
});

const codecs: { [K in keyof State]: Codec<State[K]> } = {
  scene: choice('scene', sceneNames),
  embed: flag('embed'),
  play: flag('play'),
  preset: text('preset'),
  points: { key: 'points', read: readPoints, write: writePoints },
  images: {
    key: 'images',
    read: (t) => (t === '' ? [] : t.split(',').map(Number)),
    write: (v) => v.join(','),
  },
  noise: choice<NoiseKind>('noise', ['balls', 'gaussian', 'fresh']),
  radius: number('radius') as Codec<number | null>,
  level: number('level'),
  samples: number('samples'),
  noiseSeed: number('noise-seed'),
  method: choice<Method>('method', ['augmented-lagrangian', 'weight-decay']),
  lambda: number('lambda'),
  rate: number('rate'),
  width: number('width'),
  steps: number('schedule'),
  seed: number('seed'),
  subspace: flag('subspace'),
  layers: words('layers'),
  heldOut: {
    key: 'held-out',
    read: (t) => (/^\d{1,9}$/.test(t) ? Number(t) : undefined),
    write: String,
  },
  field: choice<Which>('field', ['closed-form', 'trained', 'empirical-mmse', 'vertex-ramp']),
};
const version = '1';

/** A stranger's text as part of a sentence: short, and without what does not print. */
export function printed(text: string): string {
  const letters = [...text.replace(/\p{C}/gu, '\ufffd')];
  return letters.length > 40 ? `${letters.slice(0, 40).join('')}…` : letters.join('');
}

/** The state of a hash (with or without '#'), and a sentence for each part that was not taken. */
export function readHash(hash: string): { state: State; notes: string[] } {
  const notes: string[] = [];
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const v = given.get('v');
  if (v !== null && v !== version) notes.push(`This link is of version ${printed(v)}; this page reads version ${version}.`);
  const scene = codecs.scene.read(given.get('scene') ?? 'plane');
  if (scene === undefined) notes.push(`There is no scene "${printed(given.get('scene')!)}".`);
  const state: State = { ...defaults[scene ?? 'plane'] };
  const keys = new Set(['v', 'scene']);
  const take = <K extends keyof State>(name: K) => {
    const codec = codecs[name];
    keys.add(codec.key);
    const value = given.get(codec.key);
    if (value === null || name === 'scene') return;
    const read = codec.read(value);
    if (read === undefined) notes.push(`"${codec.key}=${printed(value)}" in the link is not understood and was left out.`);
    else state[name] = read;
  };
  (Object.keys(codecs) as (keyof State)[]).forEach(take);
  if (given.has('points')) state.preset = '';
  for (const key of given.keys()) if (!keys.has(key)) notes.push(`"${printed(key)}" in the link is not known and was left out.`);
  return { state, notes };
}

/** The hash of a state, without '#'; readHash() of it gives the state back. */
export function writeHash(state: State): string {
  const parts = [`v=${version}`, `scene=${state.scene}`];
  const put = <K extends keyof State>(name: K) => {
    const value = state[name];
    if (name === 'scene' || value === null) return;
    if (name === 'preset' && state.preset === '') return;
    if (name === 'points' && state.preset !== '') return;
    const codec = codecs[name];
    const written = codec.write(value);
    const fallback = defaults[state.scene][name];
    if (fallback !== null && written === codec.write(fallback)) return;
    parts.push(written === '' && typeof value === 'boolean' ? codec.key : `${codec.key}=${encodeURIComponent(written).replace(/%2C/g, ',').replace(/%3B/g, ';')}`);
  };
  (Object.keys(codecs) as (keyof State)[]).forEach(put);
  return parts.join('&');
}

/** The experiment document of a state. Numbers that are not finite stay for the parser to refuse. */
export function experimentOf(state: State): Experiment {
  const samples = { samples: state.samples, seed: state.noiseSeed };
  return {
    version: 1,
    data:
      state.scene === 'images'
        ? { images: { set: 'mnist', indices: state.images } }
        : state.preset !== ''
          ? { preset: state.preset }
          : { points: state.points },
    noise:
      state.noise === 'balls'
        ? { ...(state.radius === null ? {} : { radius: state.radius }), ...samples }
        : { level: state.level, ...samples, fresh: state.noise === 'fresh' },
    denoiser: { kind: 'trained' },
    training: {
      method: state.method,
      weight_decay: state.lambda,
      learning_rate: state.rate,
      width: state.width,
      steps: state.steps,
      seed: state.seed,
      subspace: state.subspace,
    },
  };
}

/** A library's sentence as it stands on the page: with a capital and a full stop. */
export const sentence = (text: string): string =>
  text === '' ? '' : text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');

/** A refusal as it stands on the page: a field of the document is called by its name here. */
export function refusalSentence(message: string, where: string): string {
  const names: Record<string, string> = {
    'noise.radius': 'the radius',
    'noise.level': 'the noise level',
    'noise.samples': 'the number of samples',
    'noise.seed': 'the noise seed',
    'training.weight_decay': 'the weight decay',
    'training.learning_rate': 'the learning rate',
    'training.width': 'the width',
    'training.steps': 'the schedule',
    'training.seed': 'the seed',
  };
  if (where === 'data.points') return sentence(message.replace('list data.points', 'list of clean points'));
  const [, point, coordinate] = /^data\.points\[(\d+)\](?:\[(\d+)\])?$/.exec(where) ?? [];
  const place = coordinate === undefined ? '' : `number ${Number(coordinate) + 1} of `;
  const name = point === undefined ? names[where] : `${place}clean point ${Number(point) + 1}`;
  return sentence(name !== undefined && message.startsWith(where) ? name + message.slice(where.length) : message);
}

/** The control that an error's `where` belongs to. */
export function controlOf(where: string): string {
  const direct: Record<string, string> = {
    'data.preset': 'preset',
    'noise.radius': 'radius',
    'noise.level': 'level',
    'noise.samples': 'samples',
    'noise.seed': 'noise-seed',
    'noise.fresh': 'noise',
    'training.method': 'method',
    'training.weight_decay': 'lambda',
    'training.learning_rate': 'rate',
    'training.width': 'width',
    'training.steps': 'schedule',
    'training.seed': 'seed',
    'training.subspace': 'subspace',
  };
  return direct[where] ?? (where.startsWith('data.images') ? 'images' : 'points');
}
