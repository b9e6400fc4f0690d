// What a scene gives the page. A scene reads the store's signals and draws; it holds no data.
import type { ComponentType } from 'preact';
import type { App } from '../store/app';
import type { Engine } from '../engine/engine';
import type { Request } from '../engine/protocol';
import type { State } from '../store/state';

export interface Scene {
  readonly title: string; // of its tab
  readonly layers: readonly string[]; // names of the layers that can be switched
  readonly dimension?: number; // of the points it shows, where only one will do
  /** Fetches what prepare() needs: called when the first figure is drawn, whichever scene it is of, so
   *  that nothing is fetched later. */
  load?(): Promise<unknown>;
  /** What it needs before its first experiment (image sets, for example). */
  prepare?(engine: Engine): Promise<void>;
  /** Refuses what the page bounds more narrowly than the library; throws with `where` and a message. */
  check?(state: State): void;
  /** What the training loop computes for each snapshot, for app.state and app.description. */
  request(app: App): Request;
  /** The figure and what stands beside it; an <svg data-figure> in it is what is downloaded. */
  Figure: ComponentType<{ app: App }>;
  /** The text of an SVG file to download, where the figure is no SVG. */
  file?(app: App): string;
  /** What else is measured, after the numbers that every scene has. */
  Measures?: ComponentType<{ app: App }>;
  /** Height of a frame 720 pixels wide that shows the figure and every number. */
  frameHeight(state: State): number;
  /** What is seen, which result it rests on, how far the picture is from it. */
  Caption: ComponentType<{ app: App }>;
  /** The controls of the data, and those of the view. */
  DataControls: ComponentType<{ app: App }>;
  ViewControls: ComponentType<{ app: App }>;
}
