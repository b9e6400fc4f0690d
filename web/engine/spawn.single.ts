import Prover from './prover.ts?worker&inline';
import TrainingWorker from './worker.ts?worker&inline';

export const spawnWorker = (): Worker => new TrainingWorker();
export const spawnProver = (): Worker => new Prover();
