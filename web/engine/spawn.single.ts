import TrainingWorker from './worker.ts?worker&inline';

export const spawnWorker = (): Worker => new TrainingWorker();
