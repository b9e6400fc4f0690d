// A figure as others drive it: a page around its frame, or the document that its element stands in. Out of
// view its training pauses; it goes on when it is seen again.
import { effect, type ReadonlySignal } from '@preact/signals';
import { svgFile } from '../drawing/export';
import type { Comparison, Experiment, TrainingStatus } from '../denoise';
import type { App } from '../store/app';
import { hashOf } from '../store/document';
import { sentence } from '../store/refusals';
import type { ShownScene } from '../ui/scene';
import { textOf } from './document';

/** Numbers of a run, as events have them. */
export interface Progress {
  step: number;
  loss: number;
  greatest_residual: number;
  cost: number;
  distance: number | null; // to the reference, of the diameter
}

export interface FigureEvents {
  ready?(): void;
  progress?(status: Progress): void;
  /** Training rests. */
  rested?(how: 'converged' | 'unconverged' | 'diverged', status: Progress): void;
  /** One sentence: what was refused, or why nothing is computed. */
  error?(message: string): void;
}

/** What a figure shows, as numbers. */
export interface FigureResult {
  version: 1;
  experiment: Experiment;
  reference: { kind: string; evidence: string; cost: number } | null;
  training: TrainingStatus;
  comparison: Pick<Comparison, 'sup' | 'sup_relative'> | null;
  checksum: string; // of the network's bits
  network: unknown;
}

/** What the page draws itself is not asked for before it is there. */
const notYet = 'The figure is not there yet.';

/** An error as a sentence; a field of the document keeps its name, for who wrote the document. */
export function messageOf(error: unknown): string {
  const { message = String(error), where = '' } = error as { message?: string; where?: string };
  return where !== '' && message.startsWith(where) ? where + sentence(message.slice(where.length)) : sentence(message);
}

export class Driver {
  private readonly ends: (() => void)[] = [];
  private held = false; // training goes on when the figure is seen again

  constructor(
    private readonly app: App<ShownScene>,
    private readonly root: ParentNode,
    private readonly seen: ReadonlySignal<boolean>,
  ) {
    this.ends.push(
      effect(() => {
        if (seen.value) {
          if (this.held) this.play();
        } else if (app.next.value === 'pause') {
          app.pause();
          this.held = true;
        }
      }),
    );
  }

  /** Tells what happens from now on. */
  watch(events: FigureEvents): void {
    const { app } = this;
    let rested = '';
    let said = '';
    this.ends.push(
      effect(() => {
        const readings = app.readings.value;
        if (readings === null) return;
        const { step, loss, greatest_residual, cost, rest } = readings.status;
        const now = { step, loss, greatest_residual, cost, distance: readings.comparison?.sup_relative ?? null };
        events.progress?.(now);
        if (rest !== '' && rest !== rested) events.rested?.(rest, now);
        rested = rest;
      }),
      effect(() => {
        const message = app.note.value !== '' ? app.note.value : (app.refusal.value?.message ?? '');
        if (message !== '' && message !== said) events.error?.(message);
        said = message;
      }),
    );
  }

  /** Shows another experiment. @param view keys of a link that an experiment has not
   *  @returns why not, in a sentence: then the figure stays as it is */
  async set(experiment: unknown, view = ''): Promise<string> {
    const { app } = this;
    const engine = app.engine.peek();
    if (engine === null) return notYet;
    let hash: string;
    try {
      const read = engine.check(textOf(experiment)).experiment;
      const link = new URLSearchParams(view);
      if (app.state.peek().anonymous) link.set('anonymous', '');
      hash = app.links.writeHash(app.links.readHash(hashOf(read, (name) => engine.presets.find((p) => p.name === name)?.points, link.toString())).state);
    } catch (error) {
      return messageOf(error);
    }
    if (hash !== app.hash()) await app.navigate(hash);
    return app.note.peek();
  }

  play(): void {
    const seen = this.seen.peek();
    this.held = !seen;
    if (seen && this.app.next.peek() !== 'pause') this.app.proceed();
  }
  pause(): void {
    this.held = false;
    if (this.app.next.peek() === 'pause') this.app.pause();
  }
  step(): void {
    this.pause();
    this.app.step();
  }
  reset(): void {
    this.pause();
    this.app.reset();
  }

  async result(): Promise<FigureResult> {
    const { app } = this;
    const engine = app.engine.peek();
    const description = app.description.peek();
    const snapshot = app.snapshot.peek();
    if (engine === null || description === null || snapshot === null) throw new Error(notYet);
    const [network, checksum] = await Promise.all([engine.ask('network'), engine.ask('checksum')]);
    const { reference, experiment } = description;
    return {
      version: 1,
      experiment,
      reference: reference && { kind: reference.kind, evidence: reference.mark, cost: reference.cost },
      training: snapshot.status,
      comparison: snapshot.comparison ?? null,
      checksum,
      network: JSON.parse(network) as unknown,
    };
  }

  /** The figure as the text of an SVG file. */
  svg(): string {
    const main = this.root.querySelector<SVGSVGElement>('svg[data-figure]');
    const file = this.app.description.peek() === null ? '' : (this.app.shown.file?.() ?? (main === null ? '' : svgFile(main)));
    if (file === '') throw new Error(notYet);
    return file;
  }

  end(): void {
    for (const end of this.ends.splice(0)) end();
    this.app.pause();
  }
}
