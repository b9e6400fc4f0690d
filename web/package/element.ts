// <minimum-norm-denoiser experiment='{...}'>: a figure in a document, its style its own; and the same for
// notebooks, by anywidget's convention.
import { flow } from '../scenes/flow/scene';
import { line } from '../scenes/line/scene';
import { plane } from '../scenes/plane/scene';
import { LiveFigure } from '../figure/live';
import { watchKeys } from '../ui/keys';
import { watchTips } from '../ui/tip';
import '../style.css';
import './element.css';

const tag = 'minimum-norm-denoiser';
const scenes = { line, plane, flow };
const styles = '%FIGURE_STYLES%'; // put in by the build (vite.config.ts): all style sheets of the figure
const notHere = 'The element is in no document.';

/** Where there are no elements, as where a page is rendered on a server, importing this does no harm. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

export class MinimumNormDenoiser extends Base {
  static readonly observedAttributes = ['experiment', 'view', 'anonymous'];
  private live: LiveFigure | null = null;
  private root: HTMLElement | null = null;
  private given: object | string | null = null; // as a property
  private asked = 0; // for other experiments: the last one counts

  get experiment(): object | string | null {
    return this.given ?? this.getAttribute('experiment');
  }
  set experiment(experiment: object | string | null) {
    this.given = experiment;
    void this.changed();
  }

  connectedCallback(): void {
    if (this.live !== null) return;
    // A property that was set before this class was there.
    if (Object.hasOwn(this, 'experiment')) {
      const { experiment } = this;
      Reflect.deleteProperty(this, 'experiment');
      this.given = experiment;
    }
    this.begin();
  }
  disconnectedCallback(): void {
    queueMicrotask(() => this.isConnected || this.finish()); // it may only have been moved
  }
  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (this.live === null) return;
    if (name === 'experiment') {
      this.given = null;
      void this.changed();
    } else if (before !== after) {
      this.finish();
      this.begin();
    }
  }

  play(): void {
    this.live?.driver.play();
  }
  pause(): void {
    this.live?.driver.pause();
  }
  step(): void {
    this.live?.driver.step();
  }
  reset(): void {
    this.live?.driver.reset();
  }
  result(): ReturnType<LiveFigure['driver']['result']> {
    return this.live?.driver.result() ?? Promise.reject(new Error(notHere));
  }
  svg(): Promise<string> {
    return this.live?.driver.svg() ?? Promise.reject(new Error(notHere));
  }

  private begin(): void {
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const style = document.createElement('style');
    style.textContent = styles;
    const frame = document.createElement('div');
    frame.className = 'embed';
    const root = document.createElement('div');
    root.id = 'page';
    frame.append(root);
    shadow.replaceChildren(style, frame);
    this.root = root;
    const tell = (name: string, detail?: unknown) => this.dispatchEvent(new CustomEvent(name, { detail }));
    const live = new LiveFigure(
      root,
      { version: 1, experiment: this.experiment ?? { version: 1, data: { preset: 'equilateral' } }, view: this.getAttribute('view') ?? '', anonymous: this.hasAttribute('anonymous') },
      scenes,
      {
        ready: (left_out) => tell('ready', { left_out }),
        progress: (status) => tell('progress', status),
        rested: (how, status) => tell(how, status),
        error: (message) => this.refused(message),
      },
    );
    this.live = live;
    watchTips(frame, frame);
    watchKeys(live.app, () => false, frame);
    void live.start();
  }

  private finish(): void {
    this.live?.end();
    this.live = null;
  }

  private async changed(): Promise<void> {
    const { live } = this;
    if (live === null) return;
    if (!live.ready) return this.restart();
    const asked = ++this.asked;
    try {
      const left_out = await live.driver.set(this.experiment ?? '');
      if (live === this.live && asked === this.asked) this.dispatchEvent(new CustomEvent('shown', { detail: { left_out } }));
    } catch (error) {
      if (live === this.live) live.app.note.value = (error as Error).message; // whose event tells it too
    }
  }
  /** Nothing of what was asked for before is there yet. */
  private restart(): void {
    this.finish();
    this.begin();
  }

  /** Says why, in its place where there is no figure. */
  private refused(message: string): void {
    if (this.live?.drawn === false && this.root !== null) {
      const note = document.createElement('p');
      note.className = 'note';
      note.setAttribute('role', 'status');
      note.textContent = message;
      this.root.replaceChildren(note);
    }
    this.dispatchEvent(new CustomEvent('error', { detail: message }));
  }
}

if (globalThis.customElements !== undefined && customElements.get(tag) === undefined) customElements.define(tag, MinimumNormDenoiser);

interface Model {
  get(name: string): unknown;
  on(event: string, callback: () => void): void;
  off?(event: string, callback: () => void): void;
}

const parts = ['data', 'noise', 'denoiser', 'training'];

/** anywidget: a model of the document's parts. */
export function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const figure = document.createElement(tag) as MinimumNormDenoiser;
  const experiment = () => ({ version: 1, ...Object.fromEntries(parts.map((part) => [part, model.get(part)] as const).filter(([, value]) => value !== undefined && value !== null)) });
  const follow = () => (figure.experiment = experiment());
  follow();
  for (const part of parts) model.on(`change:${part}`, follow);
  el.append(figure);
  return () => {
    for (const part of parts) model.off?.(`change:${part}`, follow);
    figure.remove();
  };
}

export default { render };
