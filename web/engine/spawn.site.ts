import Prover from './prover.ts?worker';
import proverUrl from './prover.ts?worker&url';
import TrainingWorker from './worker.ts?worker';
import url from './worker.ts?worker&url';

/** In a sandboxed frame the page has no origin and may not start a worker of its own site: a worker
 *  made in the page loads it there. (Not as a module: Chromium starts none from a blob without an
 *  origin.) */
function spawn(Made: new () => Worker, url: string): Worker {
  try {
    return new Made();
  } catch {
    const script = `importScripts(${JSON.stringify(new URL(url, import.meta.url).href)});`;
    return new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  }
}

export const spawnWorker = (): Worker => spawn(TrainingWorker, url);
export const spawnProver = (): Worker => spawn(Prover, proverUrl);
