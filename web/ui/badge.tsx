import type { Signals } from '../store/signals';
import { badge } from './sentences';

/** Which result the figure rests on. */
export function Badge({ store }: { store: Pick<Signals, 'description' | 'failed' | 'state'> }) {
  const { known, title, detail } = badge(store);
  return (
    <p class={`badge ${known ? 'known' : 'unknown'}`} data-testid="badge">
      <strong>{title}</strong> <span>{detail}</span>
    </p>
  );
}
