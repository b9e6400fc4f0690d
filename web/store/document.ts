// The link of an experiment document: what store/experiment.ts writes, read back. What is no value of
// its kind is left for the link's codecs to name; whether a value is within its bounds, for the library.
import type { Links } from './link';

/** Fields of the document that a link has under another name. */
const fields: readonly (readonly [part: string, field: string, key: string])[] = [
  ['noise', 'radius', 'radius'],
  ['noise', 'level', 'level'],
  ['noise', 'samples', 'samples'],
  ['noise', 'seed', 'noise-seed'],
  ['training', 'method', 'method'],
  ['training', 'weight_decay', 'lambda'],
  ['training', 'learning_rate', 'rate'],
  ['training', 'width', 'width'],
  ['training', 'steps', 'schedule'],
  ['training', 'seed', 'seed'],
];

type Some = Record<string, unknown>;
const some = (value: unknown): Some => (typeof value === 'object' && value !== null ? (value as Some) : {});

/** The scene of points of so many numbers. */
const scenes = ['line', 'plane'];

/** @param experiment as JSON.parse() gives it
 *  @param pointsOf the clean points of a preset
 *  @param view keys of a link that the document has not: which scene, where there is a choice, its layers
 *  @throws Error with `where`, where no scene shows such data */
export function hashOf(experiment: unknown, pointsOf: (preset: string) => number[][] | undefined, view = ''): string {
  const { data, noise, training } = some(experiment) as Record<string, unknown>;
  const { points, preset, images } = some(data);
  const link = new URLSearchParams({ v: '1' });
  const indices = some(images).indices;
  if (Array.isArray(indices)) {
    link.set('scene', 'images');
    link.set('images', indices.join(','));
  } else {
    const rows = typeof preset === 'string' ? pointsOf(preset) : Array.isArray(points) ? points.map((row) => (Array.isArray(row) ? row : [row])) : undefined;
    const dimension = rows?.[0]?.length ?? 2;
    const scene = scenes[dimension - 1];
    if (scene === undefined) {
      const message = `A figure shows points on a line or in a plane; these have ${dimension} numbers each.`;
      throw Object.assign(new Error(message), { name: 'DenoiseError', where: 'data.points' });
    }
    link.set('scene', scene);
    if (typeof preset === 'string') link.set('preset', preset);
    else if (rows !== undefined) link.set('points', rows.map((row) => row.join(',')).join(';'));
  }
  const level = some(noise).level !== undefined;
  link.set('noise', !level ? 'balls' : some(noise).fresh === true ? 'fresh' : 'gaussian');
  for (const [part, field, key] of fields) {
    const value = some(part === 'noise' ? noise : training)[field];
    if (value !== undefined) link.set(key, String(value));
  }
  if (some(training).subspace === true) link.set('subspace', '1');
  for (const [key, value] of new URLSearchParams(view)) link.set(key, value);
  link.set('embed', '');
  return link.toString();
}

/** What a link has and an experiment document has not, for hashOf(). */
export function viewPart(links: Pick<Links, 'readHash' | 'writeHash' | 'viewKeys' | 'defaults'>, hash: string): string {
  const { state } = links.readHash(hash);
  const plain = { ...links.defaults[state.scene]! };
  const kept = Object.fromEntries([...links.viewKeys].filter((key) => key !== 'embed').map((key) => [key, state[key]]));
  const written = new URLSearchParams(links.writeHash({ ...plain, ...kept }));
  written.delete('v');
  return written.toString();
}
