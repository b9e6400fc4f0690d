import type { Experiment, TrainingStatus } from './api';

/** Of the events `progress`, `converged`, `unconverged` and `diverged`. */
export interface Progress { step: number; loss: number; greatest_residual: number; cost: number; distance: number | null }

export interface FigureResult {
  version: 1;
  experiment: Experiment;
  reference: { kind: string; evidence: string; cost: number } | null;
  training: TrainingStatus;
  comparison: { sup: number; sup_relative: number } | null;
  checksum: string;
  network: unknown;
}

/** Of the events `ready` and `shown`: parts of the document that a figure does not show, such as `flow`. */
export interface Shown { left_out: string[] }

/** `<minimum-norm-denoiser experiment='{...}'>`. Methods are carried out one after the other, the first once
 *  the figure is there: `ready`. */
export declare class MinimumNormDenoiser extends HTMLElement {
  /** The document, or its text, as it was asked for; the attribute of the same name holds the text. Once it
   *  is drawn there is a `shown` event. What is refused leaves the figure as it is, and an `error` event has
   *  the sentence. */
  experiment: object | string | null;
  play(): void;
  pause(): void;
  step(): void;
  reset(): void;
  result(): Promise<FigureResult>;
  svg(): Promise<string>;
}

declare global {
  interface HTMLElementTagNameMap { 'minimum-norm-denoiser': MinimumNormDenoiser }
}

/** What anywidget gives: a model of the document's parts (`data`, `noise`, `training`). */
export interface WidgetModel {
  get(name: string): unknown;
  on(event: string, callback: () => void): void;
  off?(event: string, callback: () => void): void;
}
/** anywidget's front-end convention. @returns what ends it */
export declare function render(context: { model: WidgetModel; el: HTMLElement }): () => void;
declare const widget: { render: typeof render };
export default widget;
