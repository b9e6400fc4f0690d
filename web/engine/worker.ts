// The worker's entry: the training loop behind messages.
import type { FromLoop, ToLoop } from './protocol';
import { TrainingLoop } from './training';

const scope = self as unknown as {
  postMessage(message: FromLoop, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToLoop>) => void) | null;
  onmessageerror: (() => void) | null;
};
const loop = new TrainingLoop((message, transfer) => scope.postMessage(message, transfer));
scope.onmessage = (event) => loop.handle(event.data);
scope.onmessageerror = () => { throw new Error('The module cannot be handed to a worker here.'); };
