// A figure at work in a root of its own, anywhere: it starts when it is first seen, pauses while it is
// not, and takes neither the focus nor the page's place.
import { effect } from '@preact/signals';
import { render } from 'preact';
import { svgFile } from '../drawing/export';
import type { Comparison, Experiment, TrainingStatus } from '../denoise';
import { App } from '../store/app';
import { hashOf } from '../store/document';
import { sentence } from '../store/refusals';
import { OnPaper } from '../ui/paper';
import type { Scene, ShownScene } from '../ui/scene';
import { Shown } from '../ui/shown';
import type { FigureDocument } from './document';

/** Numbers of a run, as events have them. */
export type Progress = Omit<TrainingStatus, 'reason' | 'rest'> & { distance: number | null }; // of the diameter, to the reference

export interface FigureEvents {
  ready?(): void;
  progress?(status: Progress): void;
  /** Training rests. */
  rested?(how: 'converged' | 'unconverged' | 'diverged', status: Progress): void;
  /** One sentence: what was refused, or why nothing is computed. */
  error?(message: string): void;
}

/** LiveFigure.result(), parsed. */
export interface FigureResult {
  version: 1;
  experiment: Experiment;
  reference: { kind: string; evidence: string; cost: number } | null;
  training: TrainingStatus;
  comparison: Pick<Comparison, 'sup' | 'sup_relative'> | null;
  checksum: string; // of the network's bits
  network: unknown;
}

type Scenes = Readonly<Record<string, Scene>>;

const messageOf = (error: unknown): string => sentence(error instanceof Error ? error.message : String(error));

export class LiveFigure {
  readonly app: App<ShownScene>;
  private readonly ends: (() => void)[] = [];
  private inView = false;
  private seen = false;
  private held = false; // training goes on when the figure is seen again
  private firstSeen: () => void = () => undefined;
  private ended = false;

  /** @param root where it is drawn; what stands in it stays until there is something to draw */
  constructor(
    private readonly root: HTMLElement,
    private readonly document: FigureDocument,
    private readonly scenes: Scenes,
    private readonly events: FigureEvents = {},
  ) {
    this.app = new App(this.link(document.experiment, document.view), scenes);
  }

  private link(experiment: unknown, view = ''): string {
    const presets = this.app?.engine.peek()?.presets;
    try {
      return hashOf(experiment, (name) => presets?.find((p) => p.name === name)?.points, this.document.anonymous === true ? `${view}&anonymous` : view);
    } catch {
      return 'embed'; // start() says why
    }
  }

  /** Starts once it is seen; settles when it is drawn, or has said why it cannot be. */
  async start(): Promise<void> {
    const { app } = this;
    await this.whenSeen();
    if (this.ended) return;
    try {
      await app.start();
    } catch (error) {
      app.failed.value = true;
      app.note.value = messageOf(error);
    }
    if (this.ended) return this.end();
    const { experiment, view, carried } = this.document;
    if (!app.failed.peek() && carried === undefined) {
      const refused = await this.set(experiment, view);
      if (refused !== '') app.note.value = refused;
    }
    this.watch();
    if (app.description.peek() === null) return;
    await app.shown.code?.();
    this.draw();
    this.events.ready?.();
    this.look();
  }

  private draw(): void {
    const View = () => {
      const scene = this.scenes[this.app.state.value.scene]!;
      return (
        <div class={`layout ${this.app.state.value.scene} ${scene.look ?? ''}`}>
          <main>
            <Shown app={this.app} embed />
            <OnPaper store={this.app} scene={scene} />
          </main>
        </div>
      );
    };
    this.root.replaceChildren();
    render(<View />, this.root);
  }

  private whenSeen(): Promise<void> {
    const observer = new IntersectionObserver((entries) => {
      this.inView = entries.at(-1)!.isIntersecting;
      this.look();
    });
    observer.observe(this.root);
    const look = () => this.look();
    document.addEventListener('visibilitychange', look);
    this.ends.push(() => observer.disconnect(), () => document.removeEventListener('visibilitychange', look));
    return new Promise((resolve) => (this.firstSeen = resolve));
  }

  /** Follows whether it is seen. */
  private look(): void {
    this.seen = this.inView && !document.hidden;
    const { app } = this;
    if (this.seen) {
      this.firstSeen();
      if (this.held) this.play();
    } else if (app.next.peek() === 'pause') {
      app.pause();
      this.held = true;
    }
  }

  private watch(): void {
    const { app, events } = this;
    let rested = '';
    let said = '';
    const progress = (): Progress | null => {
      const readings = app.readings.value;
      if (readings === null) return null;
      const { step, loss, initial_loss, greatest_residual, cost, converged } = readings.status;
      return { step, loss, initial_loss, greatest_residual, cost, converged, distance: readings.comparison?.sup_relative ?? null };
    };
    this.ends.push(
      effect(() => {
        const now = progress();
        if (now === null) return;
        const rest = app.readings.peek()!.status.rest;
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

  /** Shows another experiment. @returns why not, in a sentence: then the figure stays as it is */
  async set(experiment: unknown, view?: string): Promise<string> {
    const { app } = this;
    const engine = app.engine.peek();
    if (engine === null) return 'The figure is not there yet.';
    let hash: string;
    try {
      const text = typeof experiment === 'string' ? experiment : (JSON.stringify(experiment) ?? '');
      const anonymous = this.document.anonymous === true ? '&anonymous' : '';
      hash = hashOf(engine.read(text), (name) => engine.presets.find((p) => p.name === name)?.points, (view ?? '') + anonymous);
    } catch (error) {
      return messageOf(error);
    }
    if (hash !== app.hash()) await app.navigate(hash);
    return app.note.peek();
  }

  play(): void {
    const { app } = this;
    this.held = !this.seen;
    if (this.seen && app.next.peek() !== 'pause') app.proceed();
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

  /** What the figure shows, as numbers. */
  async result(): Promise<FigureResult> {
    const { app } = this;
    const engine = app.engine.peek();
    const description = app.description.peek();
    if (engine === null || description === null) throw new Error('The figure is not there yet.');
    const [network, checksum] = await Promise.all([engine.ask('network'), engine.ask('checksum')]);
    const { snapshot } = app;
    const { reference } = description;
    return {
      version: 1,
      experiment: description.experiment,
      reference: reference && { kind: reference.kind, evidence: reference.mark, cost: reference.cost },
      training: snapshot.peek()!.status,
      comparison: snapshot.peek()!.comparison ?? null,
      checksum,
      network: JSON.parse(network) as unknown,
    };
  }

  /** The figure as the text of an SVG file. */
  svg(): string {
    const main = this.root.querySelector<SVGSVGElement>('svg[data-figure]');
    const file = this.app.description.peek() === null ? '' : (this.app.shown.file?.() ?? (main === null ? '' : svgFile(main)));
    if (file === '') throw new Error('The figure is not there yet.');
    return file;
  }

  /** Ends what it does, for good. */
  end(): void {
    this.ended = true;
    this.firstSeen();
    for (const end of this.ends.splice(0)) end();
    this.app.pause();
    render(null, this.root);
  }
}
