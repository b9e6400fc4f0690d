// What the page's parts see of the store: signals to read and commands to give. Each part names the
// few of them that it uses.
import type { ReadonlySignal } from '@preact/signals';
import type { Description } from '../denoise';
import type { View } from '../drawing/view';
import type { Answers } from '../engine/engine';
import type { Snapshot } from '../engine/protocol';
import type { Optimality } from '../minimum_cost';
import type { Recording } from './recording';
import type { SceneName, State } from './state';

export interface Refusal {
  control: string; // name of the control it is shown beside
  message: string;
}

/** Quantities over the run, for the loss curve. */
export interface TracePoint {
  step: number;
  loss: number;
  distance: number; // to the closed form, of the diameter; NaN where there is none
}

/** What would move training on: at rest, what would make it move again, and while what it did is played,
 *  what ends that. */
export type Next = 'train' | 'pause' | 'continue' | 'again' | 'skip';

export interface Signals {
  /** What the reader asked for, and what the library accepted of it. */
  readonly draft: ReadonlySignal<State>;
  readonly state: ReadonlySignal<State>;
  readonly note: ReadonlySignal<string>;
  readonly refusal: ReadonlySignal<Refusal | null>;
  readonly description: ReadonlySignal<Description | null>;
  /** The last snapshot, with what is sent only now and then carried over from earlier ones. */
  readonly snapshot: ReadonlySignal<Snapshot | null>;
  /** The snapshot at a pace that can be read, for numbers and sentences. */
  readonly readings: ReadonlySignal<Snapshot | null>;
  /** What is proved of the network at rest; null while it is not known. */
  readonly optimality: ReadonlySignal<Optimality | null>;
  /** The record of the run, and which moment of it the snapshots are of. */
  readonly recording: Recording;
  readonly trace: ReadonlySignal<TracePoint[]>;
  /** The network was trained on other data first, which a link does not have. */
  readonly carried: ReadonlySignal<boolean>;
  readonly next: ReadonlySignal<Next>;
  /** Counts accepted configurations: figures keep by it what depends on the data alone. */
  readonly configuration: ReadonlySignal<number>;
  readonly engine: ReadonlySignal<Answers | null>;
  /** The library could not be loaded; the note says why. */
  readonly failed: ReadonlySignal<boolean>;
  /** The clean point that the buttons act on. */
  readonly selected: ReadonlySignal<number>;
  /** The noisy y under the pointer, whose denoised values are told; null when it is elsewhere. */
  readonly probe: ReadonlySignal<number[] | null>;
  /** The part of the data's space that the figure shows. It follows the points, but keeps still
   *  while one of them is dragged. */
  readonly view: ReadonlySignal<View | null>;
  /** As much of it as the points need, which the figure shows unless another window is chosen. */
  readonly fitted: ReadonlySignal<View | null>;
  /** Whether a clean point is held. */
  readonly dragging: boolean;
  /** Counts, while one is held, the times at which what stands beside the figure follows: see seldom(). */
  readonly pace: ReadonlySignal<number>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
}

export interface Commands {
  /** Asks for a change. What the library refuses is said beside its control; the figure stays.
   *  Changes of one gesture, which has a name, are undone together. */
  update(change: Partial<State>, gesture?: string): void;
  /** Refuses what was typed before it could become a state: said beside its control. */
  refuse(control: string, message: string): void;
  /** A clean point is held, until settle(). */
  hold(): void;
  /** A gesture has ended. After a refused change the controls show the last accepted state again; the
   *  sentence stays. */
  settle(): void;
  /** A gesture has ended, and what it left stays as it is. */
  endGesture(): void;
  select(point: number): void;
  pointAt(noisy: number[] | null): void;
  /** Chooses the part of the data's space that the figure shows; null: as much as the points need. */
  look(view: View | null): void;
  show(scene: SceneName): Promise<void>;
  undo(): void;
  redo(): void;
  /** What the button and the space bar do. */
  proceed(): void;
  step(): void;
  reset(): void;
  newSeed(): void;
  /** The link of what is shown. */
  hash(): string;
}
