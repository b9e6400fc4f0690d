import { seldom } from '../store/seldom';
import type { Signals } from '../store/signals';
import { badge } from './sentences';

/** Which result the figure rests on. */
export function Badge({ store }: { store: Pick<Signals, 'description' | 'failed' | 'state' | 'dragging' | 'pace'> }) {
  const { known, title, detail } = seldom(store, () => badge(store));
  return (
    <p class={`badge ${known ? 'known' : 'unknown'}`} data-testid="badge">
      <strong>{title}</strong> <span>{detail}</span>
    </p>
  );
}
