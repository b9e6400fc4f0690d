// A figure at work in a root of its own, anywhere: it starts when it is first seen, and takes neither the
// focus nor the page's place.
import { useComputed } from '@preact/signals';
import { render } from 'preact';
import { App } from '../store/app';
import { hashOf } from '../store/document';
import { OnPaper } from '../ui/paper';
import type { Scene, ShownScene } from '../ui/scene';
import { Shown } from '../ui/shown';
import { parsed, type FigureDocument } from './document';
import { Driver, messageOf, type FigureEvents } from './driver';
import { Seen } from './seen';

/** The link of what can be read of a document before the library is there, which reads it whole. */
function firstLink({ experiment, view = '', anonymous = false }: FigureDocument): string {
  const link = new URLSearchParams(view);
  if (anonymous) link.set('anonymous', '');
  try {
    return hashOf(parsed(experiment), () => undefined, link.toString());
  } catch {
    return `embed&${link}`;
  }
}

export class LiveFigure {
  readonly app: App<ShownScene>;
  readonly driver: Driver;
  private readonly seen: Seen;
  private ended = false;
  /** The figure is there. */
  drawn = false;
  /** It is seen too, and takes commands. */
  ready = false;

  /** @param root where it is drawn; what stands in it stays until there is something to draw */
  constructor(
    private readonly root: HTMLElement,
    private readonly document: FigureDocument,
    private readonly scenes: Readonly<Record<string, Scene>>,
    private readonly events: FigureEvents = {},
  ) {
    this.app = new App(firstLink(document), scenes);
    this.seen = new Seen(root);
    this.driver = new Driver(this.app, root, this.seen.now);
  }

  /** Starts once it is seen; settles when it is drawn, or has said why it cannot be. Where no picture stands
   *  for it, it is drawn before, and waits with its network. */
  async start(): Promise<void> {
    const { app } = this;
    const seen = this.seen.first();
    await (this.root.childElementCount > 0 ? seen : this.seen.orIdle());
    if (this.ended) return;
    try {
      await app.start(0, seen);
    } catch (error) {
      app.failed.value = true;
      app.note.value = messageOf(error);
    }
    if (this.ended) return this.end();
    const { experiment, view, carried } = this.document;
    let left: string[] = [];
    if (!app.failed.peek() && carried === undefined) {
      try {
        left = await this.driver.show(experiment, view);
      } catch (error) {
        return this.fail((error as Error).message);
      }
    }
    if (this.ended) return;
    this.driver.watch(this.events);
    if (app.description.peek() === null) return this.driver.failed();
    await app.shown.code?.();
    if (this.ended) return;
    this.draw();
    this.drawn = true;
    await seen;
    if (this.ended) return;
    await this.driver.started();
    if (this.ended) return;
    this.ready = true;
    this.events.ready?.(left);
  }
  private fail(why: string): void {
    this.driver.failed(why);
    this.events.error?.(why);
  }

  private draw(): void {
    const View = () => {
      const name = useComputed(() => this.app.state.value.scene).value;
      const scene = this.scenes[name]!;
      return (
        <div class={`layout ${name} ${scene.look ?? ''}`}>
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

  /** Ends what it does, for good. */
  end(): void {
    this.ended = true;
    this.seen.end();
    this.driver.end();
    this.app.engine.peek()?.end();
    render(null, this.root);
  }
}
