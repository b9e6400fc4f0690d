// A reader's own data, from a file, a drop or the clipboard: CSV, an experiment as JSON, images as IDX or
// PNG. It is read here and stays here. What is refused changes nothing. Loaded after the first figure.
import type { DenoiseError, Description } from '../denoise';
import { grouped } from '../drawing/svg';
import type { App } from './app';
import { viewPart } from './document';
import { readPointFile } from './files/csv';
import { stateOfExperiment } from './files/experiment_file';
import { readIdx } from './files/idx';
import { isPng, readPng } from './files/png';
import { printed, sentence } from './refusals';
import type { State } from './state';

export const mostPictures = 100; // of a reader's own
const mostFiles = 100;
const mostText = 1e6; // bytes

type Store = Pick<App, 'state' | 'engine' | 'links' | 'enter' | 'takePictures' | 'dimensionOf'>;

const counted = (n: number, what: string): string => `${grouped(n)} ${what}${n === 1 ? '' : 's'}`;

/** The scene for points of d numbers: the one that is shown, if it takes them. */
function sceneFor(store: Store, d: number): string {
  const shown = store.state.value.scene;
  if (store.dimensionOf(shown) === d) return shown;
  const scene = store.links.sceneNames.find((name) => store.dimensionOf(name) === d);
  if (scene === undefined) throw new Error(`These points have ${counted(d, 'number')} each; the page draws those of 1, on the line, and of 2, in the plane.`);
  return scene;
}

async function enter(store: Store, scene: string, change: Partial<State>): Promise<void> {
  const { state, links } = store;
  const now = state.value.scene === scene ? state.value : { ...links.defaults[scene]!, embed: state.value.embed };
  const refused = await store.enter({ ...now, ...change });
  if (refused !== '') throw new Error(refused);
}

async function openPoints(store: Store, text: string): Promise<string> {
  const { limits } = store.engine.value!;
  const { points, names } = readPointFile(text, limits.points, limits.coordinate);
  await enter(store, sceneFor(store, points[0]!.length), { preset: '', points, radius: null });
  return `${counted(points.length, 'point')}${names === '' ? '' : `; “${printed(names)}” was taken for names`}.`;
}

async function openExperiment(store: Store, text: string): Promise<string> {
  let described: Description;
  try {
    described = store.engine.value!.check(text);
  } catch (error) {
    const { where, message } = error as DenoiseError;
    const named = where === undefined || where === '' || where === 'experiment' || message.includes(where) ? message : `${where}: ${message}`;
    throw new Error(sentence(named));
  }
  const { links, state: shown, engine } = store;
  const scene = described.experiment.data.images === undefined ? sceneFor(store, described.dimension) : 'images';
  const view = shown.value.scene === scene ? viewPart(links, links.writeHash(shown.value)) : `scene=${scene}`;
  const pointsOf = (preset: string) => engine.value!.presets.find(({ name }) => name === preset)?.points;
  const { state, left } = stateOfExperiment(described, text, 'mnist', links, pointsOf, view);
  await enter(store, scene, { ...state, embed: shown.value.embed });
  return `An experiment${left.length === 0 ? '' : `, without its ${left.join(', ')}, which the command computes`}.`;
}

async function openPictures(store: Store, files: Blob[], png: boolean): Promise<string> {
  if (png) return store.takePictures(await Promise.all(files.map(readPng)));
  const { pictures, of } = await readIdx(files[0]!, mostPictures);
  const said = await store.takePictures(pictures);
  return of === pictures.length ? said : `${said} These are the first ${pictures.length} of its ${counted(of, 'image')}.`;
}

/** Opens what a reader brings. @return what was done, in a sentence @throws Error with a sentence why not */
export async function openOwn(store: Store, files: readonly Blob[]): Promise<string> {
  if (store.engine.value === null) throw new Error('The library is still being loaded.');
  if (files.length === 0 || files[0]!.size === 0) throw new Error('The file is empty.');
  if (files.length > mostFiles) throw new Error(`These are ${files.length} files; at most ${mostFiles} are opened at once.`);
  const heads = await Promise.all(files.map(async (file) => new Uint8Array(await file.slice(0, 4).arrayBuffer())));
  const png = heads.every(isPng);
  if (files.length > 1 && !png) throw new Error('Several files at once can be PNG images; points, experiments and IDX files are opened one by one.');
  const [file, head] = [files[0]!, heads[0]!];
  if (png || head[0] === 0) return openPictures(store, [...files], png);
  if (file.size > mostText) throw new Error(`The file has ${grouped(file.size)} bytes; of CSV and JSON at most ${grouped(mostText)} are read.`);
  const text = await file.text();
  return /^\s*[{[]/.test(text.replace(/^\ufeff/, '')) ? openExperiment(store, text) : openPoints(store, text);
}
