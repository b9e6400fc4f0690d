// The page's two parts, and which of them is open.
import { seldom } from '../store/seldom';
import type { Commands, Signals } from '../store/signals';

/** @param reads whether it is the story */
export function Parts({ app, reads }: { app: Pick<Signals, 'description' | 'dragging' | 'pace'> & Pick<Commands, 'hash'>; reads?: boolean }) {
  const here = seldom(app, () => (app.description.value === null ? 'v=1&scene=plane' : app.hash()));
  return (
    <nav class="parts" aria-label="Parts">
      <a href="#story" aria-current={reads ? 'page' : undefined} data-testid="part-story">
        Story
      </a>
      <a href={`#${here}`} aria-current={reads ? undefined : 'page'} data-testid="part-laboratory">
        Laboratory
      </a>
    </nav>
  );
}
