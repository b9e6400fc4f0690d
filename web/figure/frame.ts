// A figure in a frame and the page around it, by messages (docs/embedding.md, version 1): the frame tells
// its height and what happens, the page drives it. What is no message of this protocol changes nothing.
import type { Driver, FigureEvents } from './driver';

const version = 1;

/** Whom the frame's address names, `?host=https://journal.example`: then nobody else is told or heard.
 *  Null: the address names nobody, and the frame tells and hears the page around it, whoever it is of. */
function trusted(search: string): string | null {
  const named = new URLSearchParams(search).get('host');
  if (named === null) return null;
  try {
    return new URL(named).origin;
  } catch {
    return ''; // what is no origin is nobody's
  }
}

const idOf = (id: unknown): string | number | undefined => ((typeof id === 'string' && id.length <= 64) || (typeof id === 'number' && Number.isFinite(id)) ? id : undefined);

/** Joins a figure to the page around its frame, where there is one. @param early messages that came before
 *  @returns what it tells of events */
export function frame(driver: Driver, early: readonly MessageEvent<unknown>[] = []): FigureEvents {
  const host = trusted(location.search);
  if (window.parent === window || host === '' || host === 'null') return {};
  const tell = (type: string, more: object = {}) => window.parent.postMessage({ denoise: version, type, ...more }, host ?? '*');
  const refused = (id: unknown, error: unknown) => tell('refused', { id, message: error instanceof Error ? error.message : String(error) });

  const commands: Record<string, (message: Record<string, unknown>, id: string | number | undefined) => void | Promise<void>> = {
    async set({ experiment }, id) {
      tell('shown', { id, left_out: await driver.set(experiment) });
    },
    play: () => driver.play(),
    pause: () => driver.pause(),
    step: () => driver.step(),
    reset: () => driver.reset(),
    result: async (_, id) => tell('result', { id, result: await driver.result() }),
    svg: async (_, id) => tell('svg', { id, svg: await driver.svg() }),
  };

  const hear = (event: MessageEvent<unknown>) => {
    if (event.source !== window.parent || (host !== null && event.origin !== host)) return;
    const { data } = event;
    if (typeof data !== 'object' || data === null) return;
    const message = data as Record<string, unknown>;
    const { type } = message;
    if (message.denoise !== version || typeof type !== 'string' || !Object.hasOwn(commands, type)) return;
    if (type === 'set' && (message.experiment === null || !['object', 'string'].includes(typeof message.experiment))) return;
    const id = idOf(message.id);
    Promise.resolve()
      .then(() => commands[type]!(message, id))
      .catch((error: unknown) => refused(id, error));
  };
  early.forEach(hear);
  addEventListener('message', hear);

  let last = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height !== last) tell('height', { height });
    last = height;
  }).observe(document.body);

  return {
    ready: (left) => tell('ready', { version, left_out: left }),
    progress: (status) => tell('progress', { ...status }),
    rested: (how, status) => tell(how, { ...status }),
    error: (message) => tell('error', { message }),
  };
}
