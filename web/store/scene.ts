// What the store knows of a scene. All that is a scene's own lives in its folder: what it starts from,
// its keys of a link, its part of the experiment, what it asks of the training loop.
import type { ExperimentData } from '../denoise';
import type { Engine } from '../engine/engine';
import type { Request } from '../engine/protocol';
import type { Codec } from './codecs';
import type { Commands, Signals } from './signals';
import type { State } from './state';

/** A key of the state that a scene adds; it says so of the type too:
 *  `declare module '../../store/state' { interface State { ... } }`. */
export interface OwnKey<T> extends Codec<T> {
  initial: T;
  view?: boolean; // touches neither the data nor the training
}
export type OwnKeys = { readonly [K in keyof State]?: OwnKey<State[K]> };

/** A scene as far as a link and an experiment go. */
export interface SceneState {
  readonly title: string; // of its tab
  readonly opening?: boolean; // shown where a link names no scene
  readonly dimension?: number; // of the points it shows, where only one will do
  readonly layers: readonly string[]; // names of the layers that can be switched
  readonly keys?: OwnKeys;
  /** What it starts from, where that is not what every scene starts from. */
  readonly start: Partial<State> & Pick<State, 'layers'>;
  /** What its tab opens on, where that says more at a glance than what a bare link has always started from. */
  readonly first?: Partial<State>;
  /** Its part of the experiment document. */
  data(state: State): ExperimentData;
  /** Refuses what the page bounds more narrowly than the library; throws with `where` and a message. */
  check?(state: State): void;
}

/** A scene at work in one store. What it keeps, it keeps here. */
export interface OpenScene {
  /** Fetches the code that draws it, where that is apart: awaited before a page that opens with it is
   *  drawn, so that nothing jumps. */
  code?(): Promise<unknown>;
  /** Fetches what prepare() needs: called when the first figure is drawn, whichever scene it is of, so
   *  that nothing is fetched later. */
  load?(): Promise<unknown>;
  /** What it needs before its first experiment (image sets, for example). */
  prepare?(engine: Engine): Promise<void>;
  /** Takes pictures of 28 x 28 bytes, row by row, as more clean points to pick from: what of the state
   *  changes with it, and what was done, in a sentence. Throws where there is no room for them. */
  takePictures?(engine: Engine, pictures: Uint8Array[]): { change: Partial<State>; said: string };
  /** What the training loop computes for each snapshot: what is shown, and no more. */
  request(): Request;
}

export interface StoreScene<T extends OpenScene> extends SceneState {
  open(store: Signals & Commands): T;
}
