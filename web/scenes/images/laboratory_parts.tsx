// What only the laboratory has of images. A figure's file goes without it (web/figure/no_laboratory.ts).
import type { Diffusion } from './diffusion';
import { signal } from '@preact/signals';
import type { Signals } from '../../store/signals';

export function laboratoryParts(store: Signals) {
  const view = signal<typeof Diffusion | null>(null);
  const load = async () => {
    view.value ??= (await import('./diffusion')).Diffusion;
  };
  return {
    More: () => {
      const Diffusion = view.value;
      if (store.state.value.embed) return null;
      return (
        <details class="diffusion-place" data-testid="digits-flow" onToggle={(event) => void (event.currentTarget.open && load())}>
          <summary>A diffusion model of these images: where its samples end</summary>
          {Diffusion !== null && <Diffusion store={store} />}
        </details>
      );
    },
  };
}
