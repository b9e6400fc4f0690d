// The training loop: owns the session that trains, advances it in slices of about 12 ms, and posts
// at most one snapshot for each 'drawn' message. The same code runs in the worker and, where
// workers are blocked, on the page's thread.
import type { DenoiseModule, Description, Session } from '../denoise';
import { loadModule } from './module';
import { Occasional } from './occasional';
import type { Comparison, FromLoop, Question, Request, Result, Snapshot, ToLoop } from './protocol';
import { take } from './found';
import { KeptRuns } from './kept';
import { HeldRecorder, type HeldMoment } from './held_recording';
import { Recorder, type Moment } from './recording';

const sliceMs = 12;
const firstSlice = 32; // samples, before the speed is known
/** While data change, as in a drag, slices are a quarter as long, with time between them, and of the record,
 *  which begins anew with each, nothing is told: who draws the figure has few cores. */
const changingMs = 150; // since the last change
const restMs = 28;

type Asked = Question & { id: number };
type Post = (message: FromLoop, transfer: Transferable[]) => void;

export class TrainingLoop {
  private module: Promise<DenoiseModule> | null = null;
  private session: Session | null = null;
  private queue: ToLoop[] = [];
  private generation = 0;
  private request: Request = {};
  private configured = false;
  private playing = false;
  private stepping = false; // until one more step is complete
  private resting = false; // TrainingStatus.rest: nothing to do until something changes
  private stepSamples = 1; // noisy samples of one step
  private drawn = true; // the page has shown the last snapshot
  private problem = 0; // the generation that was configured last
  private described: Description | null = null;
  private step = 0; // completed ones
  private recorder: Recorder | HeldRecorder | null = null;
  private recordedAs: Request['record']; // as it was asked for
  private readonly kept = new KeptRuns();
  private recordedMore = false; // since the page was told
  private shown: number | null = null; // the step of the recorded moment that is shown
  private lacking = false; // the last snapshot of a moment was not whole
  private dirty = false; // something changed since the last snapshot
  private unseen = false; // data that moved, for which the next slice makes it
  private sendSamples = false;
  private fresh = false;
  private samplesPerSlice = firstSlice;
  private numbers = new Occasional();
  private rateSteps = 0; // steps in the current measure of speed
  private rateStart = 0;
  private stepsPerSecond = 0;
  private scheduled = false;
  private changed = -Infinity; // when the data did
  private rest: ReturnType<typeof setTimeout> | undefined; // between slices
  private sliced = -Infinity; // when the last slice ended
  private settling: Asked[] = []; // questions that wait until there is no snapshot to come
  private readonly channel = new MessageChannel();

  constructor(private readonly post: Post) {
    this.channel.port1.onmessage = () => {
      this.scheduled = false;
      this.turn();
    };
  }

  handle(message: ToLoop): void {
    if (message.type === 'start') {
      this.module = loadModule(message.wasm);
      this.module.then(
        (module) => {
          this.session = new module.Session();
          this.post({ type: 'ready' }, []);
          this.schedule();
        },
        (error) => this.post({ type: 'failed', message: String(error) }, []),
      );
      return;
    }
    if (message.type === 'drawn') this.drawn = true;
    else {
      // Of several configurations that wait only the last counts, unless one of them drops weights.
      const last = this.queue.at(-1);
      if (message.type === 'configure' && last?.type === 'configure') {
        this.queue[this.queue.length - 1] = { ...message, keepWeights: message.keepWeights && last.keepWeights };
      } else this.queue.push(message);
    }
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled || this.session === null) return;
    this.scheduled = true;
    this.channel.port2.postMessage(null); // a turn without the delay of nested timers
  }

  private get changing(): boolean {
    return performance.now() - this.changed < changingMs;
  }

  private get goes(): boolean {
    return this.stepping || (this.playing && !this.resting);
  }

  /** The next message is of what comes after the step that is taken, which nothing ends. */
  private get held(): boolean {
    const { type } = this.queue[0]!;
    return this.stepping && (type === 'step' || type === 'ask') && !this.queue.some(({ type: later }) => later === 'configure' || later === 'reset');
  }

  private turn(): void {
    const session = this.session!;
    try {
      while (this.queue.length > 0 && !this.held) this.obey(session, this.queue.shift()!);
      if (this.configured && this.goes && (!this.changing || performance.now() >= this.sliced + restMs)) this.slice(session);
      if (this.recordedMore && !this.changing) this.tellRecord();
      if (this.dirty && this.drawn && this.configured) this.snapshot(session);
      if (!this.dirty) this.answer(session, this.settling.splice(0));
    } catch (error) {
      this.playing = false;
      this.post({ type: 'failed', message: error instanceof Error ? error.message : String(error) }, []);
    }
    clearTimeout(this.rest);
    const { goes } = this;
    if ((goes && !this.changing) || (this.queue.length > 0 && !this.held)) this.schedule();
    else if (goes || this.recordedMore) this.rest = setTimeout(() => this.schedule(), goes ? restMs : changingMs); // a message comes before
  }

  private obey(session: Session, message: ToLoop): void {
    switch (message.type) {
      case 'images':
        session.addImages(message.name, message.idx);
        return;
      case 'configure': {
        this.generation = this.problem = message.generation;
        this.request = message.request;
        let described: string;
        const moved = message.keepWeights && this.changing;
        if (message.keepWeights && this.configured) {
          described = session.updateData(message.experiment);
          this.changed = performance.now();
        } else {
          described = session.configure(message.experiment);
          session.startTraining();
          this.changed = -Infinity; // nobody moves what is new
          this.stepping = false; // a step of another network
          this.samplesPerSlice = firstSlice; // what fits another network may be minutes of this one
          this.restartClocks();
        }
        this.described = JSON.parse(message.found === null ? described : take(session, message.found)) as Description;
        const { experiment, dimension } = this.described;
        this.fresh = experiment.noise?.fresh === true;
        this.stepSamples = session.samples().length / dimension;
        this.resting = false;
        this.configured = true;
        this.record(session);
        this.sendSamples = true;
        // While a point is dragged beside training, it is seen as often as slices come, and numbers as often as else.
        if (moved && this.playing) {
          this.unseen = true;
          return;
        }
        break;
      }
      case 'found':
        if (message.problem !== this.problem) return;
        this.described = JSON.parse(take(session, message.found)) as Description;
        this.recorder?.forget();
        this.numbers.reset();
        break;
      case 'request':
        this.generation = message.generation;
        this.request = message.request;
        if (this.request.record !== this.recordedAs) {
          this.recorder?.end();
          this.record(session);
        }
        this.sendSamples = true;
        break; // whole: a snapshot that answers the request before is not taken, with all that it holds
      case 'play':
        this.playing = true;
        this.restartClocks();
        break;
      case 'go-on':
        this.playing = true;
        this.goOn(session);
        this.restartClocks();
        break;
      case 'pause':
        this.playing = false;
        if (this.configured) session.measure();
        break;
      case 'step':
        this.playing = false;
        this.goOn(session);
        this.stepping = !this.resting;
        return;
      case 'reset':
        session.resetTraining();
        this.changed = -Infinity;
        this.stepping = false; // a step that was part done is not taken after all
        this.resting = false;
        this.sendSamples = true;
        this.restartClocks();
        this.record(session);
        break;
      case 'show':
        this.shown = message.step;
        this.dirty = true;
        if (message.step !== null) return;
        this.sendSamples = true;
        break;
      case 'keep':
        if (this.recorder instanceof Recorder) this.kept.add(message.id, this.recorder, this.described!);
        break;
      case 'drop':
        this.kept.drop(message.id);
        break;
      case 'ask':
        if (message.what === 'settled') this.settling.push(message);
        else this.answer(session, [message]);
        return;
    }
    this.numbers.reset();
    this.dirty = true;
  }

  private answer(session: Session, asked: Asked[]): void {
    for (const question of asked) this.post({ type: 'answer', id: question.id, text: this.answerTo(session, question) }, []);
  }

  private answerTo(session: Session, question: Question): string {
    switch (question.what) {
      case 'network':
        return session.network('trained');
      case 'shown': {
        const moment = this.shown === null ? undefined : this.recorder?.nearest(this.shown);
        const network = () => session.network('trained');
        return moment !== undefined && 'held' in moment ? (this.recorder as HeldRecorder).shown(moment, network) : network();
      }
      case 'history':
        return session.history();
      case 'checksum':
        return session.checksum();
      case 'settled':
        return '';
      case 'result': {
        if (this.goes) session.measure(); // else it has been
        const result: Result = {
          training: session.trainingStatus(),
          comparison: JSON.parse(session.comparison()) as Comparison | null,
          checksum: session.checksum(),
          network: JSON.parse(session.network('trained')),
        };
        return JSON.stringify(result);
      }
      case 'certified': {
        const { step } = session.trainingStatus();
        if (question.problem !== this.problem || !this.resting || question.step !== step) return '';
        const gap = session.takeOptimality(question.found);
        if (this.recorder?.look(step, true, this.described!.refits ? { kind: 'refit' } : undefined)) this.recordedMore = true;
        this.numbers.reset();
        this.dirty = true;
        return String(gap);
      }
    }
  }

  /** Begins another record, of the run from here on. */
  private record(session: Session): void {
    this.step = session.trainingStatus().step;
    this.shown = null;
    const last = this.recorder;
    this.recordedAs = this.request.record;
    const described = this.described!;
    const Kind = described.dimension > 2 || this.request.record === 'held' ? HeldRecorder : Recorder;
    const records = this.request.record && (Kind === Recorder || HeldRecorder.fits(described));
    this.recorder = records ? new Kind(session, described, this.step) : null;
    this.recordedMore = this.recorder !== last;
  }

  private tellRecord(): void {
    this.recordedMore = false;
    this.post({ type: 'recorded', problem: this.problem, ...(this.recorder?.news() ?? { kept: 0, moments: [] }) }, []);
  }

  /** As many samples, with a look at each step that the record names. @return the completed steps */
  private advance(session: Session, samples: number): number {
    const { recorder } = this;
    if (recorder === null) return session.advance(samples);
    let steps = 0;
    for (let left = samples; left > 0; ) {
      if (this.step >= recorder.next && recorder.look(this.step, false)) this.recordedMore = true;
      const part = Math.min(left, (recorder.next - this.step) * this.stepSamples); // ends at that step, at the most
      const done = session.advance(part);
      steps += done;
      this.step += done;
      left -= part;
    }
    return steps;
  }

  private goOn(session: Session): void {
    session.goOn();
    this.resting = session.trainingStatus().rest !== '';
  }

  private restartClocks(): void {
    this.rateSteps = 0;
    this.rateStart = performance.now();
  }

  private slice(session: Session): void {
    const start = performance.now();
    // As many samples as a step has complete at most one step.
    const most = this.changing ? Math.ceil(this.samplesPerSlice / 4) : this.samplesPerSlice;
    const wish = this.stepping ? Math.min(most, this.stepSamples) : most;
    const steps = this.advance(session, wish);
    this.rateSteps += steps;
    const elapsed = Math.max(performance.now() - start, 0.05);
    const wanted = (wish * sliceMs) / elapsed;
    this.samplesPerSlice = Math.round(Math.min(1e7, Math.max(1, this.samplesPerSlice * 0.5 + wanted * 0.5)));
    const watched = performance.now() - this.rateStart;
    if (watched > 500 && steps > 0) {
      this.stepsPerSecond = (1000 * this.rateSteps) / watched;
      this.restartClocks();
    }
    this.sliced = performance.now();
    this.resting = session.trainingStatus().rest !== '';
    const stepped = this.stepping && (steps > 0 || this.resting);
    if (stepped) {
      this.stepping = false;
      session.measure();
    }
    if (this.resting && this.recorder?.look(this.step, true)) this.recordedMore = true;
    if (stepped || this.resting) this.numbers.reset(); // the last snapshot holds everything
    // A moment that is shown is drawn once, and once more when its distance may be taken.
    const news = this.shown === null ? steps > 0 || this.unseen : this.lacking && this.numbers.due(performance.now());
    this.dirty ||= news || this.resting;
  }

  private snapshot(session: Session): void {
    const moment = this.shown === null ? undefined : this.recorder?.nearest(this.shown);
    this.lacking = this.shown !== null; // before the first moment too
    const snapshot: Snapshot = {
      generation: this.generation,
      playing: this.playing,
      recorded: moment !== undefined,
      whole: true,
      rest: this.resting ? session.trainingStatus().rest : '',
      status: moment?.status ?? session.trainingStatus(),
      stepsPerSecond: this.playing && !this.resting ? this.stepsPerSecond : 0,
    };
    const transfer: Transferable[] = [];
    const copy = (view: Float64Array): Float64Array<ArrayBuffer> => {
      const copied = view.slice() as Float64Array<ArrayBuffer>;
      transfer.push(copied.buffer);
      return copied;
    };
    if (moment === undefined) this.ofNetwork(session, snapshot, copy);
    else if ('held' in moment) this.ofHeld(moment, snapshot, copy);
    else this.ofMoment(moment, snapshot, copy);
    // Where this run is at rest and no moment of it is chosen, each is seen at its end.
    const step = moment?.step ?? (this.resting ? Number.MAX_SAFE_INTEGER : snapshot.status.step);
    if (this.recorder instanceof Recorder && this.request.grid) snapshot.kept = this.kept.at(step, this.request.grid);
    this.dirty = this.unseen = false;
    this.drawn = false;
    this.post({ type: 'snapshot', snapshot }, transfer);
  }

  private ofPlaces(session: Session, snapshot: Snapshot, copy: (view: Float64Array) => Float64Array<ArrayBuffer>): void {
    const { grid, points, neurons } = this.request;
    if (grid) {
      const { lower, upper, shape } = grid;
      snapshot.grid = grid;
      snapshot.values = copy(session.evaluateGrid('trained', Float64Array.from(lower), Float64Array.from(upper), Int32Array.from(shape)));
    }
    if (points) snapshot.pointValues = copy(session.evaluate('trained', points));
    if (neurons) snapshot.neurons = copy(session.neurons('trained'));
  }

  private ofNetwork(session: Session, snapshot: Snapshot, copy: (view: Float64Array) => Float64Array<ArrayBuffer>): void {
    const request = this.request;
    this.ofPlaces(session, snapshot, copy);
    if (request.samples && (this.sendSamples || this.fresh)) snapshot.samples = copy(session.samples());
    this.sendSamples = false;
    snapshot.whole = !this.goes || this.numbers.due(performance.now());
    if (!snapshot.whole) return;
    this.numbers.run(() => {
      if (this.goes) session.measure(); // else it has been
      snapshot.status = session.trainingStatus();
      if (request.comparison) snapshot.comparison = JSON.parse(session.comparison());
      if (request.alignment) snapshot.alignment = JSON.parse(session.alignment('trained'));
    });
  }

  /** Whether what takes long is left out of a snapshot of a moment: a run that goes on is not held up by it. */
  private lacks(moment: Moment | HeldMoment): boolean {
    return this.request.comparison === true && this.goes && moment.comparison === undefined && !this.numbers.due(performance.now());
  }

  private ofHeld(moment: HeldMoment, snapshot: Snapshot, copy: (view: Float64Array) => Float64Array<ArrayBuffer>): void {
    const { comparison, alignment } = this.request;
    const recorder = this.recorder as HeldRecorder;
    this.lacking = this.lacks(moment);
    snapshot.whole = !this.lacking;
    recorder.shown(moment, (session) => {
      this.ofPlaces(session, snapshot, copy);
      if (this.lacking) return;
      if (comparison) snapshot.comparison = this.numbers.run(() => recorder.compare(moment));
      if (alignment) snapshot.alignment = recorder.align(moment);
    });
    this.recordedMore ||= recorder.hasNews; // its checksum
  }

  private ofMoment(moment: Moment, snapshot: Snapshot, copy: (view: Float64Array) => Float64Array<ArrayBuffer>): void {
    const { grid, neurons, comparison, alignment } = this.request;
    const recorder = this.recorder as Recorder;
    if (grid) {
      snapshot.grid = grid;
      snapshot.values = copy(recorder.values(moment, grid));
    }
    if (neurons) snapshot.neurons = copy(moment.neurons);
    if (this.fresh) snapshot.samples = new Float64Array(0); // those of its step are gone
    this.lacking = this.lacks(moment);
    snapshot.whole = !this.lacking;
    if (this.lacking) return;
    this.numbers.run(() => {
      if (comparison) snapshot.comparison = recorder.compare(moment, this.described!.reference);
      if (alignment) snapshot.alignment = recorder.align(moment);
    });
  }
}
