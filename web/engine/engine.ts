// The page's side of the computation: its own session for what must be there in the same frame
// (closed forms, empirical MMSE), and the training loop behind messages.
import type { DenoiseModule, Description, Experiment, Limits, Network, Preset, Session, Which } from '../denoise';
import type { Flows, FlowSettings, Optimality } from '../minimum_cost';
import type { Followed } from './flows';
import wasmUrl from '#denoise/denoise.wasm?url';
import { loadModule } from './module';
import { workerPatienceMs, type Question, type FromLoop, type FromProver, type Grid, type Recorded, type Request, type Snapshot, type ToLoop, type ToProver } from './protocol';
import { spawnProver, spawnWorker } from '#spawn';
import { take, type Found } from './found';
import { Search } from './search';
import { seek, type Answer, type Proof, type Sought } from './sought';
import { weightsOf } from './weights';
import { checkWebAssembly } from './wasm';
import { wasmBytes } from '#wasm-bytes';

export interface EngineEvents {
  snapshot(snapshot: Snapshot): void;
  recorded(kept: number, more: Recorded[]): void; // of the run: its first `kept` moments are as they were
  failed(message: string): void; // training stopped for a reason the library did not name
}

/** What the page may ask of an engine, which changes nothing. */
export type Answers = Pick<
  Engine,
  'presets' | 'limits' | 'version' | 'proof' | 'anyWidth' | 'about' | 'flowApart' | 'flows' | 'wasm' | 'cleanPoints' | 'samples' | 'samplesOf' | 'evaluate' | 'evaluateGrid' | 'neurons' | 'network' | 'answers' | 'ask' | 'keep' | 'drop' | 'spare' | 'sketch'
>;

/** What is known of points: their description, and the neurons of the denoiser that it names, each as
 *  Session.neurons() has them. */
export interface About {
  description: Description;
  neurons: Float64Array;
}

const pictureMs = 200; // for the page's first picture, at most
const lookMs = 50; // so often it is asked whether what is sought is still wanted
const mostProved = 1200; // samples, OptimalityOptions::kSamples
/** Up to so many points the search begins in the call that takes them: beyond, its preparation alone
 *  takes longer than a frame. */
const soughtAtOnce = 12;

/** The library's refusal, as it was thrown in a worker. */
const thrown = ({ message, where }: { message: string; where: string }) => Object.assign(new Error(message), { name: 'DenoiseError', where });

export class Engine {
  readonly presets: Preset[];
  readonly limits: Limits;
  readonly version: string;
  private readonly session: Session;
  private readonly drawer: Session; // draws noisy samples apart from the shown experiment's
  private send: (message: ToLoop, transfer?: Transferable[]) => void = (message) => void this.waiting.push(message);
  private worker: Worker | null = null;
  private waiting: ToLoop[] = []; // messages of the time before the loop is ready
  private generation = 0;
  private problem = 0; // the generation that configured last
  private nextQuestion = 1;
  private readonly leastCost = new Search();
  private prover: Worker | null | undefined;
  private proverStarted = false;
  private begun = false; // the training loop
  private ended = false;
  private proofs = 0; // counts questions to the prover: the last one counts
  private proved: (message: FromProver & { type: 'proved' }) => void = () => undefined;
  private flowed: (message: (FromProver & { type: 'flowed' }) | null) => void = () => undefined; // null: the prover has stopped
  private apart = 0; // counts flows in the prover: the last one counts
  private lastSought = 0;
  private readonly seeking = new Map<number, (message: (FromProver & { type: 'sought' }) | null) => void>(); // null: the prover has stopped
  private found: Found | null = null; // of the experiment that the page's session has
  private readonly questions = new Map<number, (text: string) => void>();
  /** 'worker', or 'page' where workers are blocked; '' until it is known. */
  where: '' | 'worker' | 'page' = '';

  /** Loads the module; the training loop starts on its own and takes messages at once.
   *  @param seen settles when there is somebody to train for: until then there is no worker */
  static async start(events: EngineEvents, seen?: Promise<void>): Promise<Engine> {
    checkWebAssembly();
    const bytes = await wasmBytes(wasmUrl);
    // To compile takes every core, which the page's first picture needs; but there may be none to see.
    await new Promise((wake) => {
      requestAnimationFrame(() => setTimeout(wake));
      setTimeout(wake, pictureMs);
    });
    const wasm = await WebAssembly.compile(bytes);
    const module = await loadModule(wasm);
    const engine = new Engine(module, events, wasm);
    if (seen === undefined) await engine.startLoop(wasm);
    else void seen.then(() => engine.startLoop(wasm)).catch((error: unknown) => events.failed(String(error)));
    return engine;
  }

  private constructor(
    module: DenoiseModule,
    private readonly events: EngineEvents,
    readonly wasm: WebAssembly.Module, // for others that train
  ) {
    this.presets = JSON.parse(module.presets()) as Preset[];
    this.limits = JSON.parse(module.limits()) as Limits;
    this.version = module.version();
    this.session = new module.Session();
    this.drawer = new module.Session();
  }

  private async startLoop(wasm: WebAssembly.Module): Promise<void> {
    if (this.ended) return;
    this.begun = true;
    let settled = false;
    let worker: Worker | null = null;
    const settle = (where: 'worker' | 'page', send: Engine['send']) => {
      settled = true;
      this.where = where;
      this.send = send;
      for (const message of this.waiting) send(message);
      this.waiting = [];
    };
    // Its code comes with the worker, and for the page where there is none.
    const onPage = async () => {
      if (settled) return;
      worker?.terminate();
      const { TrainingLoop } = await import('./training');
      if (settled) return;
      const loop = new TrainingLoop((message) => this.receive(message));
      loop.handle({ type: 'start', wasm });
      settle('page', (message) => loop.handle(message));
    };
    try {
      worker = this.worker = spawnWorker();
      const started = worker;
      started.onerror = (event) => {
        event.preventDefault();
        if (settled) this.events.failed(event.message || 'The training worker stopped.');
        else void onPage();
      };
      started.onmessage = (event: MessageEvent<FromLoop>) => {
        if (!settled && event.data.type === 'failed') void onPage();
        else if (!settled && event.data.type === 'ready') {
          settle('worker', (message, transfer = []) => started.postMessage(message, transfer));
        } else this.receive(event.data);
      };
      started.postMessage({ type: 'start', wasm } satisfies ToLoop);
      setTimeout(() => void onPage(), workerPatienceMs);
    } catch {
      await onPage();
    }
  }

  private receive(message: FromLoop): void {
    if (message.type === 'snapshot') {
      if (message.snapshot.generation === this.generation) this.events.snapshot(message.snapshot);
      else this.drawn();
    } else if (message.type === 'recorded') {
      if (message.problem === this.problem) this.events.recorded(message.kept, message.moments);
    } else if (message.type === 'answer') {
      this.questions.get(message.id)?.(message.text);
      this.questions.delete(message.id);
    } else if (message.type === 'failed') this.events.failed(message.message);
  }

  /** An image set for experiments with data.images; throws DenoiseError. */
  addImages(name: string, idx: Uint8Array): void {
    this.session.addImages(name, idx);
    this.drawer.addImages(name, idx);
    this.send({ type: 'images', name, idx });
  }

  /** What an experiment document is; throws DenoiseError. Nothing is taken. */
  check(experiment: string): Description {
    return JSON.parse(this.drawer.configure(experiment)) as Description;
  }

  /** Checks and takes an experiment on the page's side; throws DenoiseError with nothing changed. The
   *  least cost of few points is sought at once, so that a drag shows it.
   *  @param held whether a point is: then it is sought from what was found last */
  configure(experiment: string, held = false): Description {
    const description = JSON.parse(this.session.configure(experiment)) as Description;
    this.found = null;
    this.leastCost.begun = this.leastCost.near = false; // if one was, it was of other points
    if (!description.searching || description.count > soughtAtOnce) return description;
    return (this.leastCost.begin(this.session.cleanPoints(), description, held) && this.goOn()) || description;
  }

  /** Loads what search(), proof() and optimality() take; the first figure needs none of it. */
  loadSearch = async (): Promise<void> => {
    if (this.prover === undefined && this.begun) this.prover = this.spawn(); // its script comes now, and nothing later
    await this.leastCost.load();
    if (this.proverStarted || !this.begun) return;
    this.proverStarted = true;
    this.prover?.postMessage({ type: 'start', wasm: this.leastCost.wasm! } satisfies ToProver);
  };

  /** Goes on with the search for the least cost, where the description says so; null once `wanted` no longer
   *  holds. Throws DenoiseError. */
  async search(description: Description, wanted: () => boolean): Promise<Description | null> {
    const { dimension, radius, searching, count } = description;
    await this.loadSearch();
    if (!wanted()) return null;
    // What ends within a frame ends here, and what began near another search's end goes on beside that.
    if (!this.leastCost.begun && count <= soughtAtOnce) this.leastCost.begin(this.session.cleanPoints(), description);
    let ended: Description | null = null;
    while (this.leastCost.begun && (ended = this.goOn()) === null && this.leastCost.near) {
      await new Promise((wake) => setTimeout(wake));
      if (!wanted()) return null;
    }
    if (ended === null) {
      this.leastCost.begun = false;
      const found = await this.sought({ what: 'found', points: this.cleanPoints(), dimension, radius, searching }, wanted);
      if (found === null) return null;
      this.found = found;
      ended = JSON.parse(take(this.session, found)) as Description;
    }
    this.send({ type: 'found', problem: this.problem, found: this.found! });
    return ended;
  }
  /** Where the least cost was sought from what had been found of other points: from here on it is sought
   *  anew, so that the same points have the same bits, however they came to be. @returns whether it is so */
  seekAnew(): boolean {
    const { near } = this.leastCost;
    this.leastCost.begun = this.leastCost.near = false;
    return near;
  }
  private goOn(): Description | null {
    this.found = this.leastCost.advance();
    return this.found === null ? null : (JSON.parse(take(this.session, this.found)) as Description);
  }

  /** Hands the experiment that configure() took to the training loop. */
  train(experiment: string, keepWeights: boolean, request: Request): void {
    this.problem = ++this.generation;
    this.send({ type: 'configure', generation: this.generation, experiment, found: this.found, keepWeights, request });
  }

  /** Another request of the training that runs. */
  watch(request: Request): void {
    this.send({ type: 'request', generation: ++this.generation, request });
  }

  /** Whether a snapshot answers the last request. */
  answers = (snapshot: Snapshot): boolean => snapshot.generation === this.generation;

  /** Whether a snapshot is of the experiment that is trained now. */
  isCurrent = (snapshot: Snapshot): boolean => snapshot.generation >= this.problem;

  command(type: 'play' | 'go-on' | 'pause' | 'step' | 'reset'): void {
    this.send({ type });
  }

  /** Snapshots are of the recorded moment nearest to this step; null: of the network as it stands. */
  watchMoment(step: number | null): void {
    this.send({ type: 'show', step });
  }

  /** Keeps the run as it is recorded so far: snapshots have it beside later runs, until it is dropped. */
  keep = (id: string): void => this.send({ type: 'keep', id });
  drop = (id: string): void => this.send({ type: 'drop', id });

  /** To be called when a snapshot is on the screen. */
  drawn(): void {
    this.send({ type: 'drawn' });
  }

  /** The proof of the least cost of the page's points, in the plane, as a picture; null where there is
   *  none, or `wanted` no longer holds. `held`: a point is. */
  async proof(description: Description, columns: number, rows: number, wanted: () => boolean, held: () => boolean): Promise<Proof | null> {
    const points = this.cleanPoints();
    const { dimension, radius } = description;
    // Of more points it is for when the point is let go.
    while (description.count > soughtAtOnce && held() && wanted()) await new Promise((wake) => setTimeout(wake, 100));
    return wanted() ? this.sought({ what: 'proof', points, dimension, radius, columns, rows }, wanted) : null;
  }

  /** What networks of any width cost at least, beside one of this cost for the page's points, in words; ''
   *  once `wanted` no longer holds. `held`: a point is. */
  async anyWidth(description: Description, cost: number, wanted: () => boolean, held: () => boolean): Promise<string> {
    const points = this.cleanPoints();
    const { dimension, radius } = description;
    while (held() && wanted()) await new Promise((wake) => setTimeout(wake, 100));
    return (wanted() && (await this.sought({ what: 'any-width', points, dimension, radius, cost }, wanted))) || '';
  }

  /** What is known of an experiment apart from the page's, with what has to be sought; null once `wanted` no
   *  longer holds. Throws DenoiseError. */
  async about(experiment: string, wanted: () => boolean): Promise<About | null> {
    let description = this.check(experiment);
    const points = this.drawer.cleanPoints().slice();
    const { dimension, radius, searching } = description;
    const found = searching === null ? null : await this.sought({ what: 'found', points, dimension, radius, searching }, wanted);
    if (!wanted()) return null;
    this.check(experiment); // others may have asked meanwhile
    if (found !== null) description = JSON.parse(take(this.drawer, found)) as Description;
    const which = description.reference?.kind ?? description.ramps?.kind ?? null;
    return { description, neurons: which === null ? new Float64Array() : this.drawer.neurons(which).slice() };
  }

  /** What is sought of points, in the prover; between frames where workers are blocked. Null once `wanted` no
   *  longer holds. Throws DenoiseError. */
  private async sought<W extends Sought['what']>(question: Sought & { what: W }, wanted: () => boolean): Promise<Answer[W] | null> {
    await this.loadSearch();
    if (this.ended) return null;
    const { prover } = this;
    if (prover) {
      const id = ++this.lastSought;
      const message = await new Promise<(FromProver & { type: 'sought' }) | null>((resolve) => {
        this.seeking.set(id, resolve);
        prover.postMessage({ type: 'seek', id, question } satisfies ToProver);
        const look = () => {
          if (!this.seeking.has(id)) return;
          if (wanted()) return void setTimeout(look, lookMs);
          prover.postMessage({ type: 'forget', id } satisfies ToProver);
          this.settle({ type: 'sought', id, answer: null, refused: null });
        };
        look();
      });
      if (message?.refused) throw thrown(message.refused);
      if (message !== null) return wanted() ? (message.answer as Answer[W] | null) : null;
    }
    return (await seek(this.leastCost.module!, question, wanted)) as Answer[W] | null;
  }
  private settle(message: FromProver & { type: 'sought' }): void {
    this.seeking.get(message.id)?.(message);
    this.seeking.delete(message.id);
  }

  /** Particles that flow, kept for each that asks by its name. */
  async flows(owner: string): Promise<Flows> {
    await this.loadSearch();
    return this.leastCost.flows(owner);
  }

  /** Follows particles about any points, in the prover; between frames where workers are blocked. Null where
   *  another flow was asked for meanwhile. Throws DenoiseError. */
  async flowApart(points: Float64Array, dimension: number, settings: FlowSettings, networks = '[]'): Promise<Followed | null> {
    const id = ++this.apart;
    await this.loadSearch();
    const { prover } = this;
    if (prover) {
      this.flowed({ type: 'flowed', id, followed: null, refused: null }); // whoever asked before
      const answer = await new Promise<(FromProver & { type: 'flowed' }) | null>((resolve) => {
        this.flowed = (message) => {
          if (message !== null && message.id < id) return; // of one before, which has been answered
          resolve(message === null || message.id === id ? message : { ...message, followed: null, refused: null });
        };
        prover.postMessage({ type: 'flow', id, points, dimension, settings, networks } satisfies ToProver);
      });
      if (answer?.refused) throw thrown(answer.refused);
      if (answer !== null) return answer.followed;
    }
    let followed: Followed | null = null;
    const { follow } = await import('./flows');
    await follow(this.leastCost.flows('apart'), points, dimension, settings, networks, () => id === this.apart, (now) => (followed = now));
    return id === this.apart ? followed : null;
  }

  /** How far the trained network, which rests at that step, is from the best for the samples of the page's
   *  session: with weight decay once it has been refitted. Null where nothing is certified of them, or
   *  something else came before it was known. */
  async optimality(description: Description, step: number): Promise<Optimality | null> {
    const { dimension, experiment } = description;
    const { method, weight_decay = 0 } = experiment.training!;
    const weightDecay = method === 'weight-decay' ? weight_decay : 0;
    const noise = experiment.noise!;
    if (dimension > 2 || noise.fresh || (method === 'weight-decay' && !(weightDecay > 0))) return null;
    if (description.count * noise.samples! > mostProved) return null;
    const noisy = this.samples();
    const id = ++this.proofs;
    const clean = this.cleanPoints();
    const problem = this.problem;
    const network = weightsOf(JSON.parse(await this.ask('network')) as Network);
    await this.loadSearch();
    if (id !== this.proofs || this.prover === null) return null;
    this.proved({ type: 'proved', id, found: null }); // whoever asked before is told that something else has come
    const found = await new Promise<string | null>((resolve) => {
      this.proved = (message) => resolve(message.id === id ? message.found : null);
      this.prover?.postMessage({ type: 'prove', id, clean, noisy, dimension, network, weightDecay } satisfies ToProver);
    });
    if (found === null) return null;
    const { best, ...optimality } = JSON.parse(found) as Optimality & { best: Network };
    void best; // for the session alone
    const gap = await this.question({ what: 'certified', problem, step, found });
    return gap === '' ? null : { ...optimality, gap: Number.isFinite(Number(gap)) ? Number(gap) : null };
  }

  /** The worker that certifies; null where workers are blocked: then nothing is certified. */
  private spawn(): Worker | null {
    try {
      const prover = spawnProver();
      prover.onerror = (event) => {
        event.preventDefault();
        prover.terminate();
        this.prover = null;
        this.proved({ type: 'proved', id: this.proofs, found: null });
        this.flowed(null);
        for (const stopped of this.seeking.values()) stopped(null);
        this.seeking.clear();
      };
      prover.onmessage = ({ data }: MessageEvent<FromProver>) => {
        if (data.type === 'proved' && data.id === this.proofs) this.proved(data);
        else if (data.type === 'flowed') this.flowed(data);
        else if (data.type === 'sought') this.settle(data);
      };
      return prover;
    } catch {
      return null;
    }
  }

  /** What else may be computed with: the prover's worker, null where there is none, and the module. */
  spare = async () => {
    await this.loadSearch();
    return { prover: () => this.prover ?? null, module: this.leastCost.module! };
  };

  /** Ends its workers, for good. */
  end(): void {
    this.ended = true;
    this.command('pause');
    this.worker?.terminate();
    this.prover?.terminate();
    for (const id of [...this.seeking.keys()]) this.settle({ type: 'sought', id, answer: null, refused: null });
  }

  /** 'shown': the network of the moment that snapshots are of, where the run is held. */
  ask = (what: 'network' | 'shown' | 'history' | 'checksum' | 'result' | 'settled'): Promise<string> => this.question({ what });
  private question(question: Question): Promise<string> {
    const id = this.nextQuestion++;
    return new Promise((resolve) => {
      this.questions.set(id, resolve);
      this.send({ type: 'ask', id, ...question });
    });
  }

  // Of the page's session; copies, so that they may be kept.
  cleanPoints = (): Float64Array => this.session.cleanPoints().slice();
  samples = (): Float64Array => this.session.samples().slice();
  /** The noisy samples of another experiment, d x NM. */
  samplesOf(experiment: Experiment): Float64Array {
    this.drawer.configure(JSON.stringify(experiment));
    return this.drawer.samples().slice();
  }
  /** The neurons of a preset's closed form; null where none is known. */
  sketch(preset: string): Float64Array | null {
    const { closed_form } = this.check(JSON.stringify({ version: 1, data: { preset } }));
    return closed_form === null ? null : this.drawer.neurons('closed-form').slice();
  }
  evaluate = (which: Which, points: Float64Array): Float64Array => this.session.evaluate(which, points).slice();
  evaluateGrid = (which: Which, { lower, upper, shape }: Grid): Float64Array =>
    this.session
      .evaluateGrid(which, Float64Array.from(lower), Float64Array.from(upper), Int32Array.from(shape))
      .slice();
  neurons = (which: Which): Float64Array => this.session.neurons(which).slice();
  alignment = (which: Which): string => this.session.alignment(which);
  network = (which: Which): string => this.session.network(which);
}
