import Both from './worker.single.ts?worker&inline';

export const spawnWorker = (): Worker => new Both();
export const spawnProver = (): Worker => new Both({ name: 'prover' });
