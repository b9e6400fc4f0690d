// The page's one store: what the reader asked for (draft), what the library accepted (state), and
// what came of it. Data moves one way: draft -> configure -> state, description -> training ->
// snapshot -> figure.
import { batch, computed, signal, type Signal } from '@preact/signals';
import type { DenoiseError, Description, TrainingStatus } from '../denoise';
import { nextFrame } from '../drawing/next_frame';
import { viewOf, type View } from '../drawing/view';
import { Engine } from '../engine/engine';
import type { Recorded, Snapshot } from '../engine/protocol';
import { Certificate } from './certificate';
import { currentPoints } from './clean_points';
import { experimentOf } from './experiment';
import { linksOf, type Links } from './link';
import { Places } from './places';
import { Recording } from './recording';
import { controlOf, printed, refusalSentence, sentence } from './refusals';
import type { OpenScene, StoreScene } from './scene';
import type { Commands, Next, Refusal, Signals, TracePoint } from './signals';
import type { SceneName, State } from './state';
import { takeLink, withChosenMethod, type Taking } from './take_link';
import { extend } from './trace';

// Changes of these keep the trained weights and go on with the new data; another preset does not:
// the neurons that one arrangement left serve another badly, and its link starts anew too.
const dataKeys = new Set<keyof State>(['preset', 'points', 'noise', 'radius', 'level', 'samples', 'noiseSeed']);

export class App<T extends OpenScene = OpenScene> implements Signals, Commands {
  readonly links: Links;
  /** The scenes at work in this store. */
  private readonly opened: Record<SceneName, T>;
  readonly draft: Signal<State>;
  readonly state: Signal<State>;
  readonly note: Signal<string>;
  readonly refusal = signal<Refusal | null>(null);
  readonly description = signal<Description | null>(null);
  readonly snapshot = signal<Snapshot | null>(null);
  readonly readings = signal<Snapshot | null>(null);
  private readonly certificate = new Certificate();
  readonly optimality = this.certificate.found;
  readonly trace = signal<TracePoint[]>([]);
  readonly carried = signal(false);
  readonly playing = signal(false);
  private readonly rest = signal<TrainingStatus['rest']>(''); // of the network as it stands
  readonly recording = new Recording(
    (step) => this.engine.peek()?.watchMoment(step),
    () => this.playing.peek() && this.rest.peek() === '',
  );
  readonly configuration = signal(0);
  readonly engine = signal<Engine | null>(null);
  readonly failed = signal(false);
  readonly selected = signal(0);
  readonly probe = signal<number[] | null>(null);
  readonly view = signal<View | null>(null);
  readonly fitted = signal<View | null>(null);
  private looked: View | null = null; // the reader's own window
  dragging = false;
  readonly pace = signal(0);
  private paced: ReturnType<typeof setTimeout> | undefined; // until it counts again
  readonly places = new Places();
  readonly canUndo = this.places.canUndo;
  readonly canRedo = this.places.canRedo;
  /** Goes this many places on, or back; replaced where the browser keeps them too (address.ts). */
  travel = (steps: number): void => void this.goTo(this.places.at.value + steps);
  private readonly remembered = new Map<SceneName, State>();
  private lastReading = 0;
  private awaited: Snapshot | null = null; // to be drawn with the next place of the point that is held
  private awaiting: ReturnType<typeof setTimeout> | undefined;
  private readonly prepared = new Set<SceneName>();
  private readonly openedAt: string; // the hash
  private journey = 0; // counts what asked for another scene or link: the last one counts

  constructor(hash: string, private readonly scenes: Readonly<Record<SceneName, StoreScene<T>>>) {
    this.links = linksOf(scenes);
    const { state, notes } = this.read(hash);
    this.openedAt = hash;
    this.draft = signal(state);
    this.state = signal(state);
    this.note = signal(notes.join(' '));
    this.opened = Object.fromEntries(this.links.sceneNames.map((name) => [name, scenes[name]!.open(this)]));
  }

  private read(hash: string): { state: State; notes: string[] } {
    const { state, notes } = this.links.readHash(hash);
    const known = this.scenes[state.scene]!.layers;
    for (const name of state.layers.filter((l) => !known.includes(l))) notes.push(`There is no layer "${printed(name)}".`);
    const layers = state.layers.filter((l) => known.includes(l));
    const unread = layers.length === 0 && state.layers.length > 0;
    return { state: { ...state, layers: unread ? this.links.defaults[state.scene]!.layers : layers }, notes };
  }

  private readonly taking: Taking = {
    accept: (state) => this.accept(state, false),
    check: (state, training) => this.engine.value!.check(JSON.stringify({ ...experimentOf(state, this.scenes[state.scene]!.data(state)), training })),
  };

  get scene(): StoreScene<T> {
    return this.scenes[this.state.value.scene]!;
  }
  /** The scene that is shown. */
  get shown(): T {
    return this.opened[this.state.value.scene]!;
  }

  /** Starts at this place of the browser's history.
   *  @param seen settles when the figure is: until then it has no network, and is drawn all the same */
  async start(place = 0, seen?: Promise<void>): Promise<void> {
    const events = {
      snapshot: (snapshot: Snapshot) => this.receive(snapshot),
      recorded: (kept: number, more: Recorded[]) => this.recording.take(kept, more),
      failed: (message: string) => {
        this.playing.value = false;
        this.note.value = `Training stopped: ${message}`;
      },
    };
    const engine = await Engine.start(events, seen);
    const { journey } = this;
    this.engine.value = engine;
    await new Promise((wake) => setTimeout(wake)); // what shows that it is there and what it does first are a task each
    if (journey === this.journey) await this.open(this.draft.value, this.note.value, this.openedAt, place);
  }

  /** The link was edited by hand, a link to this page was followed, or the browser came to a place
   *  of its history that is not known here. */
  async navigate(hash: string, place?: number): Promise<void> {
    if (this.engine.value === null) return;
    const { state, notes } = this.read(hash);
    this.pause();
    await this.open(state, notes.join(' '), hash, place);
  }

  /** Shows a state that comes from a link: what the library refuses falls back, with a note. */
  private async open(wanted: State, note: string, hash: string, place?: number): Promise<void> {
    if (!(await this.prepare(wanted.scene))) return;
    batch(() => {
      this.forget();
      const notes = takeLink(wanted, /(^|[#&])(method|lambda)=/.test(hash), this.links, this.taking);
      this.note.value = (note === '' ? notes : [note, ...notes]).join(' ');
      if (place === undefined) this.places.record(this.state.value, '');
      else this.places.enter(place, this.state.value);
    });
    if (this.state.value.play) this.play();
  }

  /** Loads what a scene needs. False: another scene or link has been asked for since, or it could
   *  not be loaded, which is said. */
  private async prepare(scene: SceneName): Promise<boolean> {
    const journey = ++this.journey;
    if (this.prepared.has(scene)) return true;
    try {
      await this.opened[scene]!.prepare?.(this.engine.value!);
      this.prepared.add(scene);
    } catch (error) {
      if (journey === this.journey) this.note.value = sentence((error as Error).message);
      return false;
    }
    return journey === this.journey;
  }

  update(change: Partial<State>, gesture = ''): void {
    const changed = Object.keys(change) as (keyof State)[];
    if (changed.every((key) => this.links.viewKeys.has(key))) {
      this.state.value = { ...this.state.value, ...change };
      this.draft.value = { ...this.draft.value, ...change };
      if (this.description.value !== null) this.places.amend(this.state.value);
      this.request();
      return;
    }
    const wanted = { ...this.state.value, ...change };
    this.draft.value = wanted;
    if (this.description.value === null) return;
    const keepWeights = changed.every((key) => dataKeys.has(key)) && !change.preset;
    batch(() => {
      if (this.accept(wanted, keepWeights) !== null) return;
      this.note.value = '';
      this.places.record(wanted, gesture);
    });
  }

  undo(): void {
    if (!this.dragging && this.places.canUndo.value) this.travel(-1);
  }
  redo(): void {
    if (!this.dragging && this.places.canRedo.value) this.travel(1);
  }

  /** Shows a known place again, as its link does: with the initial weights, from which training goes on
   *  if it went on here. */
  async goTo(place: number): Promise<void> {
    const state = this.places.state(place)!;
    const sameScene = state.scene === this.state.value.scene;
    if (!sameScene) this.leave();
    if (!(await this.prepare(state.scene))) return;
    const trains = this.playing.peek();
    batch(() => {
      if (!sameScene) this.forget();
      if (this.accept(state, false) !== null) return;
      this.note.value = '';
      this.places.go(place);
      if (trains) this.play();
    });
  }

  hold(): void {
    this.dragging = true;
  }
  settle(): void {
    this.places.endGesture();
    const held = this.dragging;
    this.dragging = false;
    batch(() => {
      this.takeAwaited();
      ++this.pace.value;
      if (held && this.draft.peek() !== this.state.peek()) this.refusal.value = null; // of where the point was held
      this.draft.value = this.state.value;
      this.refit();
    });
    this.request();
    if (held && this.engine.peek()?.seekAnew() && !this.description.peek()!.searching) void this.seek(true); // a search that goes on begins anew
  }

  endGesture(): void {
    this.places.endGesture();
  }
  select(point: number): void {
    this.selected.value = point;
  }
  pointAt(noisy: number[] | null): void {
    this.probe.value = noisy;
  }

  private refit(): void {
    const description = this.description.peek();
    if (this.dragging || description === null || this.scene.dimension === undefined) return;
    const fitted = viewOf(this.fitted.peek(), currentPoints(this), description.radius);
    if (fitted !== this.fitted.peek()) this.looked = null; // of points that lay elsewhere
    this.fitted.value = fitted;
    this.view.value = this.looked ?? fitted;
  }

  look(view: View | null): void {
    batch(() => {
      this.looked = view;
      this.refit();
    });
    this.request();
  }

  refuse(control: string, message: string): void {
    this.refusal.value = { control, message };
  }

  private accept(state: State, keepWeights: boolean): { where: string; message: string } | null {
    const engine = this.engine.value!;
    const scene = this.scenes[state.scene]!;
    const experiment = JSON.stringify(experimentOf(state, scene.data(state)));
    this.takeAwaited();
    let description: Description;
    try {
      this.checkDimension(state);
      scene.check?.(state);
      description = engine.configure(experiment, this.dragging);
    } catch (error) {
      const { where = '', message } = error as DenoiseError;
      const said = refusalSentence(message, where);
      this.refusal.value = { control: controlOf(where), message: said };
      return { where, message: said };
    }
    const sameDimension = description.dimension === this.description.value?.dimension;
    batch(() => {
      this.refusal.value = null;
      this.state.value = state;
      this.draft.value = state;
      this.description.value = description;
      ++this.configuration.value;
      this.refit();
      const trained = Math.max(this.recording.last.peek(), this.readings.peek()?.status.step ?? 0) > 0;
      this.recording.clear();
      this.certificate.forget();
      this.rest.value = '';
      if (keepWeights && sameDimension) this.carried.value ||= trained;
      else {
        this.carried.value = false;
        this.trace.value = [];
        this.pause(); // as after a reset: whatever moment it was, new weights wait
      }
      // What was said of the network at rest was said of other data.
      const last = this.readings.peek();
      if (last !== null && last.status.rest !== '') {
        this.readings.value = { ...last, comparison: undefined, status: { ...last.status, rest: '', reason: '', converged: false } };
      }
    });
    this.followHeld();
    engine.train(experiment, keepWeights && sameDimension, this.shown.request());
    if (description.searching) void this.seek();
    return null;
  }

  /** Goes on with the search for the least cost, until it ends or other data come.
   *  @param anew of points of which it has ended */
  private async seek(anew = false): Promise<void> {
    const of = this.configuration.peek();
    const wanted = () => this.configuration.peek() === of;
    const engine = this.engine.peek()!;
    try {
      await engine.loadSearch();
    } catch (error) {
      if (wanted()) this.note.value = (error as Error).message;
      return;
    }
    const pass = (ms: number) => new Promise((wake) => setTimeout(wake, ms));
    await pass(0);
    while (wanted() && this.dragging && this.description.peek()!.count > mostInADrag) await pass(100);
    const description = this.description.peek()!;
    if (!wanted() || !(anew || description.searching)) return;
    try {
      const found = await engine.search(description, wanted);
      if (found === null) return;
      this.description.value = found;
      this.followHeld();
    } catch (error) {
      if (wanted()) this.note.value = sentence((error as Error).message);
    }
  }

  /** A figure of d dimensions shows only points of d numbers. */
  private checkDimension(state: State): void {
    const { title, dimension } = this.scenes[state.scene]!;
    const points = state.preset === '' ? state.points : this.engine.value!.presets.find((p) => p.name === state.preset)?.points;
    const found = points?.find((p) => p.length !== dimension)?.length;
    // What is no number is refused as such, by the library, before it is counted.
    if (dimension === undefined || found === undefined || points!.some((p) => p.some(Number.isNaN))) return;
    const message = `a point of the ${title.toLowerCase()} has ${dimension === 1 ? '1 number' : `${dimension} numbers`}; one of these has ${found}`;
    throw Object.assign(new Error(message), { where: state.preset === '' ? 'data.points' : 'data.preset' });
  }

  /** Sends a changed request (other view, other layers); data and training go on. */
  private request(): void {
    if (this.description.value !== null) this.engine.value?.watch(this.shown.request());
  }

  async show(scene: SceneName): Promise<void> {
    if (scene === this.state.value.scene) return;
    this.leave();
    if (!(await this.prepare(scene))) return;
    const next = this.remembered.get(scene) ?? { ...this.links.defaults[scene]!, ...this.scenes[scene]!.first, embed: this.state.value.embed };
    batch(() => {
      this.note.value = '';
      this.forget();
      this.selected.value = 0;
      if (this.accept(next, false) !== null) this.accept(this.links.defaults[scene]!, false);
      this.places.record(this.state.value, '');
    });
  }

  /** Shows another state as a whole, of whatever scene. Where it is refused nothing changes; the answer says
   *  why, and is '' where it is shown. */
  async enter(wanted: State): Promise<string> {
    if (!(await this.prepare(wanted.scene))) return this.note.peek() || 'Another scene was opened meanwhile.';
    let refused = '';
    batch(() => {
      const left = this.state.peek();
      let refusal = this.accept(wanted, false);
      const trainable = refusal === null ? null : withChosenMethod(wanted, refusal.where, this.taking);
      const why = trainable === null ? '' : `${refusal!.message} Weight decay is chosen.`;
      if (trainable !== null) refusal = this.accept(trainable, false);
      if (refusal !== null) {
        this.refusal.value = null; // it is said where the state was asked for
        refused = refusal.message;
        return;
      }
      this.note.value = why;
      if (left.scene !== wanted.scene) {
        this.remembered.set(left.scene, left);
        this.forget();
        this.selected.value = 0;
      }
      this.places.record(this.state.value, '');
    });
    return refused;
  }

  /** Of a scene's points, where only one will do. */
  dimensionOf = (scene: SceneName): number | undefined => this.scenes[scene]?.dimension;

  /** Takes pictures of 28 x 28 as more images to pick from; says what it did. Throws where there is no room. */
  async takePictures(pictures: Uint8Array[]): Promise<string> {
    const [scene, opened] = Object.entries(this.opened).find(([, { takePictures }]) => takePictures !== undefined)!;
    if (!(await this.prepare(scene))) throw new Error(this.note.peek());
    const { change, said } = opened.takePictures!(this.engine.value!, pictures);
    const now = this.state.peek().scene === scene ? this.state.peek() : { ...(this.remembered.get(scene) ?? this.links.defaults[scene]!), embed: this.state.peek().embed };
    const refused = await this.enter({ ...now, ...change });
    if (refused !== '') throw new Error(refused);
    return said;
  }

  /** Training stops, and what the scene showed is kept for its tab. */
  private leave(): void {
    this.pause();
    this.remembered.set(this.state.value.scene, this.state.value);
  }

  /** What was trained is of no use to what comes, and a point that is held is gone. */
  private forget(): void {
    clearTimeout(this.awaiting);
    this.awaiting = undefined;
    if (this.awaited !== null) this.engine.peek()?.drawn(); // the loop waits for it
    this.awaited = this.snapshot.value = this.readings.value = null;
    this.dragging = false;
    this.places.endGesture();
    ++this.pace.value;
  }

  /** What stands beside the figure follows a point that is held, soon. */
  private followHeld(): void {
    if (!this.dragging) return;
    this.paced ??= setTimeout(() => {
      this.paced = undefined;
      ++this.pace.value;
    }, readingMs);
  }

  /** While a point is held, what it does and what training does are drawn in one frame. */
  private receive(snapshot: Snapshot): void {
    if (!this.dragging) return this.take(snapshot);
    this.awaited = snapshot;
    this.awaiting ??= setTimeout(() => this.takeAwaited(), stillMs);
  }
  private takeAwaited(): void {
    clearTimeout(this.awaiting);
    this.awaiting = undefined;
    const snapshot = this.awaited;
    this.awaited = null;
    if (snapshot !== null) this.take(snapshot);
  }

  private take(snapshot: Snapshot): void {
    this.rest.value = snapshot.rest;
    const { recorded, status } = snapshot;
    if (recorded !== (this.recording.at.peek() !== null)) return void this.engine.value!.drawn(); // not what is shown any more
    const last = this.snapshot.peek();
    const same = last !== null && this.engine.value!.isCurrent(last) && last.values?.length === snapshot.values?.length;
    batch(() => {
      this.snapshot.value = {
        ...snapshot,
        comparison: snapshot.comparison !== undefined ? snapshot.comparison : same && !recorded && !last.recorded ? last.comparison : undefined,
        alignment: snapshot.alignment ?? (same && !recorded && !last.recorded ? last.alignment : undefined),
        samples: snapshot.samples ?? (same ? last.samples : undefined),
      };
      if (snapshot.whole || recorded) this.trace.value = extend(this.trace.peek(), { step: status.step, loss: status.loss, distance: snapshot.comparison?.sup_relative ?? NaN }, recorded);
    });
    this.followHeld();
    if (!recorded) this.prove(snapshot);
    const now = performance.now();
    const moves = recorded ? this.recording.playing.peek() : snapshot.playing && status.rest === '';
    // Numbers are read together.
    if (snapshot.whole && (!moves || now - this.lastReading > readingMs)) {
      this.lastReading = now;
      this.readings.value = this.snapshot.value;
    }
    nextFrame(() => {
      this.engine.value?.drawn();
      if (last === null) setTimeout(() => this.loadRest());
    });
  }

  /** A network that has come to rest is told how far it is from the best, once. */
  private prove({ status: { rest, step } }: Snapshot): void {
    const of = rest === '' || rest === 'diverged' ? '' : `${this.configuration.peek()} ${step}`;
    void this.certificate.seek(of, () => this.engine.value!.optimality(this.description.peek()!, step));
  }

  /** The first figure is on the screen: what other scenes need may come now. That it did not come is
   *  for prepare() to say. */
  private loadRest(): void {
    const parts = [this.engine.value!.loadSearch, ...Object.values(this.opened).flatMap((scene) => scene.load ?? [])];
    for (const load of parts) load().catch(() => undefined);
  }

  readonly next = computed((): Next => {
    const rest = this.rest.value;
    const moves = this.playing.value && rest === '';
    if (moves) return 'pause';
    if (this.recording.playing.value) return 'skip';
    if (rest === '') return 'train';
    return rest === 'unconverged' ? 'continue' : 'again';
  });
  proceed(): void {
    const next = this.next.value;
    if (next === 'again') this.reset();
    if (next === 'skip') this.recording.live();
    else if (next === 'pause') this.pause();
    else if (next === 'continue') this.goOn();
    else this.play();
  }

  play(): void {
    if (this.engine.value === null) return;
    this.playing.value = true;
    this.follow();
    this.engine.value?.command('play');
  }
  /** Trains past the rest at the schedule's end. */
  goOn(): void {
    this.playing.value = true;
    this.certificate.forget();
    this.follow();
    this.engine.value?.command('go-on');
  }
  private follow(): void {
    if (this.shown.request().record) this.recording.follow();
  }
  pause(): void {
    this.playing.value = false;
    this.recording.live();
    this.engine.value?.command('pause');
  }
  step(): void {
    this.playing.value = false;
    this.recording.live();
    this.engine.value?.command('step');
  }
  reset(): void {
    this.pause(); // whether training had just come to rest or not, it ends the same
    this.note.value = '';
    this.trace.value = [];
    this.recording.clear();
    this.carried.value = false;
    this.certificate.forget();
    this.engine.value?.command('reset');
  }
  newSeed(): void {
    this.update({ seed: this.state.value.seed + 1 });
  }

  hash(): string {
    return this.links.writeHash(this.state.value);
  }
}

const mostInADrag = 12; // points: the search for more is for when the point is let go
const readingMs = 125;
const stillMs = 40; // a point that is held and does not move, as long
