// The state round-trips through the URL hash (`#v=1&scene=plane&preset=equilateral&radius=0.2`), keys
// short, defaults omitted. Values that cannot be read fall back with a note; whether a number is within
// its bounds is for the library to say, which every state passes through before it is shown.
import { choice, flag, number, points, text, words, type Codec } from './codecs';
import { printed } from './refusals';
import type { OwnKey, SceneState } from './scene';
import { common, type Method, type NoiseKind, type SceneName, type State } from './state';

const version = '1';

type Key = keyof State;
type Codecs = { [K in Key]: Codec<State[K]> };

/** Links between these scenes. */
export interface Links {
  readonly sceneNames: readonly SceneName[];
  /** What each scene starts from. */
  readonly defaults: Readonly<Record<SceneName, State>>;
  /** Keys that touch neither the data nor the training. */
  readonly viewKeys: ReadonlySet<Key>;
  /** Keys that a scene adds to the data. */
  readonly ownData: readonly Key[];
  /** The state of a hash (with or without '#'), and a sentence for each part that was not taken. */
  readHash(hash: string): { state: State; notes: string[] };
  /** The hash of a state, without '#'; readHash() of it gives the state back. */
  writeHash(state: State): string;
}

export function linksOf(scenes: Readonly<Record<SceneName, SceneState>>): Links {
  const sceneNames = Object.keys(scenes);
  const opening = sceneNames.find((name) => scenes[name]!.opening) ?? sceneNames[0]!;
  const own = sceneNames.flatMap((name) => Object.entries(scenes[name]!.keys ?? {}) as [Key, OwnKey<never>][]);
  const ofData = own.filter(([, { view }]) => !view);
  const ofView = own.filter(([, { view }]) => view);

  const initial = Object.fromEntries(own.map(([name, key]) => [name, key.initial]));
  const defaults = Object.fromEntries(
    sceneNames.map((scene) => [scene, { ...common, ...initial, ...scenes[scene]!.start, scene } as State]),
  );

  // In the order in which a link has them.
  const codecs = {
    scene: choice('scene', sceneNames),
    embed: flag('embed'),
    anonymous: flag('anonymous'),
    play: flag('play'),
    preset: text('preset'),
    points: points('points'),
    ...Object.fromEntries(ofData),
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
    ...Object.fromEntries(ofView),
  } as Codecs;
  const names = Object.keys(codecs) as Key[];

  function readHash(hash: string): { state: State; notes: string[] } {
    const notes: string[] = [];
    const given = new URLSearchParams(hash.replace(/^#/, ''));
    const v = given.get('v');
    if (v !== null && v !== version) notes.push(`This link is of version ${printed(v)}; this page reads version ${version}.`);
    const scene = codecs.scene.read(given.get('scene') ?? opening);
    if (scene === undefined) notes.push(`There is no scene "${printed(given.get('scene')!)}".`);
    const state: State = { ...defaults[scene ?? opening]! };
    const keys = new Set(['v', 'scene']);
    const take = <K extends Key>(name: K) => {
      const codec = codecs[name];
      keys.add(codec.key);
      const value = given.get(codec.key);
      if (value === null || name === 'scene') return;
      const read = codec.read(value);
      if (read === undefined) notes.push(`"${codec.key}=${printed(value)}" in the link is not understood and was left out.`);
      else state[name] = read;
    };
    names.forEach(take);
    if (given.has('points')) state.preset = '';
    for (const key of new Set(given.keys())) {
      if (!keys.has(key)) notes.push(`"${printed(key)}" in the link is not known and was left out.`);
      else if (given.getAll(key).length > 1) notes.push(`"${printed(key)}" is in the link more than once; the first was taken.`);
    }
    return { state, notes };
  }

  function writeHash(state: State): string {
    const parts = [`v=${version}`, `scene=${state.scene}`];
    const put = <K extends Key>(name: K) => {
      const value = state[name];
      if (name === 'scene' || value === null) return;
      if (name === 'preset' && state.preset === '') return;
      if (name === 'points' && state.preset !== '') return;
      const codec = codecs[name];
      const written = codec.write(value);
      const fallback = defaults[state.scene]![name];
      if (fallback !== null && written === codec.write(fallback)) return;
      parts.push(written === '' && typeof value === 'boolean' ? codec.key : `${codec.key}=${encodeURIComponent(written).replace(/%2C/g, ',').replace(/%3B/g, ';')}`);
    };
    names.forEach(put);
    return parts.join('&');
  }

  return {
    sceneNames,
    defaults,
    viewKeys: new Set<Key>(['layers', 'embed', 'anonymous', 'play', ...ofView.map(([name]) => name)]),
    ownData: ofData.map(([name]) => name),
    readHash,
    writeHash,
  };
}
