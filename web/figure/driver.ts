// A figure as others drive it: a page around its frame, or the document that its element stands in. Out of
// view its training pauses; it goes on when it is seen again.
import { effect, type ReadonlySignal } from '@preact/signals';
import { svgFile } from '../drawing/export';
import { nextFrame } from '../drawing/next_frame';
import type { Experiment } from '../denoise';
import type { Result } from '../engine/protocol';
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
  /** @param left parts of the document that a figure does not show */
  ready?(left: string[]): void;
  progress?(status: Progress): void;
  /** Training rests. */
  rested?(how: 'converged' | 'unconverged' | 'diverged', status: Progress): void;
  /** One sentence: what was refused, or why nothing is computed. */
  error?(message: string): void;
}

/** What a figure shows, as numbers. */
export interface FigureResult extends Result {
  version: 1;
  experiment: Experiment;
  reference: { kind: string; evidence: string; cost: number } | null;
}

const taken = 'The figure was taken away.';
const patienceMs = 2000; // with what has to be drawn before it is told that it is there

/** An error as a sentence; a field of the document keeps its name, for who wrote the document. */
export function messageOf(error: unknown): string {
  const { message = String(error), where = '' } = error as { message?: string; where?: string };
  return where !== '' && message.startsWith(where) ? where + sentence(message.slice(where.length)) : sentence(message);
}

/** Parts of a document that a figure has a place for; a report is what the command prints. */
const shownParts = ['version', 'data', 'noise', 'denoiser', 'training', 'report'];

/** Commands are carried out one after the other, the first once the figure is there. */
export class Driver {
  private readonly ends: (() => void)[] = [];
  private held = false; // training goes on when the figure is seen again
  private open!: () => void;
  private refuse!: (why: Error) => void;
  private readonly there = new Promise<void>((resolve, reject) => {
    this.open = resolve;
    this.refuse = reject;
  });
  private last: Promise<unknown> = this.there; // of the commands
  private readonly unanswered = new Set<(why: Error) => void>();
  private ended = false;

  constructor(
    private readonly app: App<ShownScene>,
    private readonly root: ParentNode,
    private readonly seen: ReadonlySignal<boolean>,
  ) {
    this.there.catch(() => undefined); // each command is told
    this.ends.push(
      effect(() => {
        if (seen.value) {
          if (this.held) this.goOn();
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

  /** The figure is there: once it is drawn, commands are carried out. */
  async started(): Promise<void> {
    await this.drawn();
    this.open();
  }
  /** There is no figure, for this reason or the one that it says: each command is refused. */
  failed(why = this.app.note.peek()): void {
    this.refuse(new Error(why || 'There is no figure.'));
  }

  private next<T>(act: () => T | Promise<T>): Promise<T> {
    const done = this.last
      .then(() => this.there)
      .then(() => {
        if (this.ended) throw new Error(taken);
        return act();
      });
    this.last = done.catch(() => undefined);
    return done;
  }
  private act(act: () => void): void {
    this.next(act).catch(() => undefined); // why there is no figure has been said
  }

  /** Settles when all that has been asked for is drawn, or has taken too long. */
  private async drawn(): Promise<void> {
    const engine = this.app.engine.peek();
    if (engine === null || this.app.description.peek() === null) return;
    await Promise.race([engine.ask('settled'), new Promise((wake) => setTimeout(wake, patienceMs))]);
    await new Promise<void>((wake) => void nextFrame(wake));
    await new Promise((wake) => setTimeout(wake)); // what a frame begins
  }

  /** Shows another experiment; settles when it is drawn. @param view keys of a link that an experiment has not
   *  @returns parts of it that a figure does not show @throws Error in a sentence: then the figure stays as it is */
  async set(experiment: unknown, view = ''): Promise<string[]> {
    const left = await this.next(() => this.show(experiment, view));
    await this.drawn();
    return left;
  }
  /** The same, at once. */
  async show(experiment: unknown, view = ''): Promise<string[]> {
    const { app } = this;
    const engine = app.engine.peek()!;
    const text = textOf(experiment);
    let hash: string;
    try {
      const { data, noise, training, denoiser } = engine.check(text).experiment;
      if (denoiser?.kind === 'network') {
        throw Object.assign(new Error('a figure trains its own network, and does not show a given one'), { where: 'denoiser.kind' });
      }
      // What it shows is always trained, and refused as such.
      const read = engine.check(JSON.stringify({ version: 1, data, noise, training, denoiser: { kind: 'trained' } })).experiment;
      const link = new URLSearchParams(view);
      if (app.state.peek().anonymous) link.set('anonymous', '');
      hash = app.links.writeHash(app.links.readHash(hashOf(read, (name) => engine.presets.find((p) => p.name === name)?.points, link.toString())).state);
    } catch (error) {
      throw new Error(messageOf(error));
    }
    if (hash !== app.hash()) await app.navigate(hash);
    else app.note.value = ''; // of what a link could say of it
    if (app.note.peek() !== '') throw new Error(app.note.peek());
    return Object.keys(JSON.parse(text) as object).filter((part) => !shownParts.includes(part));
  }

  play(): void {
    this.act(() => this.goOn());
  }
  private goOn(): void {
    const seen = this.seen.peek();
    this.held = !seen;
    if (seen && this.app.next.peek() !== 'pause') this.app.proceed();
  }
  pause(): void {
    this.act(() => this.rest());
  }
  private rest(): void {
    this.held = false;
    if (this.app.next.peek() === 'pause') this.app.pause();
  }
  step(): void {
    this.act(() => {
      this.rest();
      this.app.step();
    });
  }
  reset(): void {
    this.act(() => {
      this.rest();
      this.app.reset();
    });
  }

  /** Once no step is part done. */
  async result(): Promise<FigureResult> {
    // Asked for in its turn; what comes after need not wait for the answer.
    const { answer, description } = await this.next(() => ({ answer: { of: this.app.engine.peek()!.ask('result') }, description: this.app.description.peek()! }));
    const { reference, experiment } = description;
    const found = JSON.parse(await this.unlessEnded(answer.of)) as Result;
    return { version: 1, experiment, reference: reference && { kind: reference.kind, evidence: reference.mark, cost: reference.cost }, ...found };
  }

  /** The figure as the text of an SVG file, once it is drawn. */
  async svg(): Promise<string> {
    await this.next(() => this.drawn());
    const main = this.root.querySelector<SVGSVGElement>('svg[data-figure]');
    const file = this.app.shown.file?.() ?? (main === null ? '' : svgFile(main));
    if (file === '') throw new Error('This scene has no picture of one piece.');
    return file;
  }

  private unlessEnded<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.unanswered.add(reject);
      void answer.then((found) => {
        this.unanswered.delete(reject);
        resolve(found);
      });
    });
  }

  end(): void {
    this.ended = true;
    this.refuse(new Error(taken));
    for (const reject of this.unanswered) reject(new Error(taken));
    for (const end of this.ends.splice(0)) end();
    this.app.pause();
  }
}
