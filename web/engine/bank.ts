// A diffusion model: one network for each noise level, trained side by side in workers by the training
// loop, or where workers are blocked one after the other on the page's thread.
import { spawnWorker } from '#spawn';
import { workerPatienceMs, type FromLoop, type ToLoop } from './protocol';

const mostWorkers = 2;

/** What trains: gives its messages to `receive`. */
interface Trainer {
  send(message: ToLoop): void;
  end(): void;
}

function inWorker(receive: (message: FromLoop) => void, failed: () => void): Trainer {
  const worker = spawnWorker();
  worker.onerror = (event) => {
    event.preventDefault();
    failed();
  };
  worker.onmessage = (event: MessageEvent<FromLoop>) => receive(event.data);
  return { send: (message) => worker.postMessage(message), end: () => worker.terminate() };
}
function onPage(receive: (message: FromLoop) => void): Trainer {
  const loop = import('./training').then(({ TrainingLoop }) => new TrainingLoop(receive));
  const send = (message: ToLoop) => void loop.then((started) => started.handle(message));
  return { send, end: () => send({ type: 'pause' }) };
}

export class Bank {
  private readonly trainers: Trainer[] = [];
  private readonly networks: string[];
  private next = 0; // the level that is trained next
  private done = 0;
  private stopped = false;
  private resolve: (networks: string[] | null) => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;

  /** @param documents experiments, one for each level @param progress told how many levels rest */
  constructor(
    private readonly wasm: WebAssembly.Module,
    private readonly documents: string[],
    private readonly progress: (done: number) => void,
  ) {
    this.networks = new Array<string>(documents.length);
  }

  /** The networks as JSON, in the documents' order; null when it was stopped. */
  train(): Promise<string[] | null> {
    const finished = new Promise<string[] | null>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    const count = Math.min(mostWorkers, Math.max(1, (navigator.hardwareConcurrency || 2) - 1), this.documents.length);
    try {
      for (let n = 0; n < count; ++n) this.begin(true);
    } catch {
      this.begin(false);
    }
    return finished;
  }

  stop(): void {
    this.end();
    this.resolve(null);
  }

  private end(): void {
    this.stopped = true;
    for (const trainer of this.trainers) trainer.end();
  }

  private fail(message: string): void {
    this.end();
    this.reject(new Error(message));
  }

  private begin(worker: boolean): void {
    let level = -1;
    let ready = false;
    let asked = -1; // the level whose network is on its way
    const takeLevel = () => {
      level = this.next++;
      if (level >= this.documents.length) return trainer.end();
      trainer.send({ type: 'configure', generation: level + 1, experiment: this.documents[level]!, found: null, keepWeights: false, request: {} });
      trainer.send({ type: 'play' });
    };
    const receive = (message: FromLoop): void => {
      if (this.stopped) return;
      if (message.type === 'failed') {
        if (worker && !ready) this.insteadOf(trainer);
        else this.fail(message.message);
      } else if (message.type === 'ready') {
        ready = true;
        takeLevel();
      } else if (message.type === 'answer') {
        this.networks[level] = message.text;
        this.progress(++this.done);
        if (this.done < this.documents.length) takeLevel();
        else {
          this.end();
          this.resolve(this.networks);
        }
      } else if (message.type === 'snapshot') {
        trainer.send({ type: 'drawn' });
        if (message.snapshot.generation !== level + 1 || message.snapshot.rest === '' || asked === level) return;
        asked = level;
        trainer.send({ type: 'ask', id: level, what: 'network' });
      }
    };
    // A worker that does not start is no worker: a page may forbid them.
    const trainer = worker ? inWorker(receive, () => (ready ? this.fail('A training worker stopped.') : this.insteadOf(trainer))) : onPage(receive);
    this.trainers.push(trainer);
    trainer.send({ type: 'start', wasm: this.wasm });
    if (worker) setTimeout(() => ready || this.insteadOf(trainer), workerPatienceMs);
  }

  /** On the page's thread, in place of workers of which none starts. */
  private insteadOf(trainer: Trainer): void {
    const place = this.trainers.indexOf(trainer);
    if (place < 0 || this.stopped) return;
    trainer.end();
    this.trainers.splice(place, 1);
    if (this.trainers.length === 0) this.begin(false);
  }
}
