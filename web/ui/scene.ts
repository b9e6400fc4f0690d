// What a scene gives the page: figures and controls, made of the signals and commands that it was
// opened with.
import type { Signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { OpenScene, StoreScene } from '../store/scene';
import type { SceneName, State } from '../store/state';
import type { Lit } from './formula';
import type { Table } from './tables';

export interface ShownScene extends OpenScene {
  /** The figure and what stands beside it; an <svg data-figure> in it is what is downloaded. */
  Figure: ComponentType;
  /** The text of an SVG file to download, where the figure is no SVG. */
  file?(): string;
  /** Its numbers to take away, once their code is there. */
  tables?(): readonly Table[];
  /** What a file of the figure must carry beside its document: images, for example. */
  carried?(): Promise<unknown>;
  /** What of the figure a term of its formula lights up, and the terms of the picture with their numbers. */
  readonly lit?: Signal<Lit | null>;
  Terms?: ComponentType;
  /** What a link to it does not hold, in a sentence; '' where it holds all. */
  unlinked?(): string;
  /** What else is measured, after the numbers that every scene has. */
  Measures?: ComponentType;
  /** Height of a frame 720 pixels wide that shows the figure and every number. */
  frameHeight(): number;
  /** What is seen, which result it rests on, how far the picture is from it. */
  Caption: ComponentType;
  /** What the picture does not show, in half a sentence. */
  leaves?(): string;
  /** What a reader may open below the caption. */
  More?: ComponentType;
  /** Runs side by side. */
  Compare?: ComponentType;
  /** The controls of the data, of what the scene adds to it, and of the view. */
  DataControls: ComponentType;
  readonly own?: { title: string; Controls: ComponentType };
  ViewControls: ComponentType;
}

export interface Scene extends StoreScene<ShownScene> {
  /** Its data in words, for paper. */
  written(state: State): string;
  /** The scene whose tab leads here, where it has none of its own. */
  readonly under?: SceneName;
  /** A class of its layout, for style that it shares with other scenes. */
  readonly look?: string;
  readonly offersHull?: boolean; // training in the points' hull is a choice here
}
