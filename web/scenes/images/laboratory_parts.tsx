// What only the laboratory has of images, loaded when it is opened. A figure's file goes without it
// (web/figure/no_laboratory.ts).
import { signal } from '@preact/signals';
import type { Commands, Signals } from '../../store/signals';
import type { openedParts } from './opened';
import type { Results } from './results';

export function laboratoryParts(store: Signals & Pick<Commands, 'update'>, results: Results) {
  const parts = signal<ReturnType<typeof openedParts> | null>(null);
  const load = async () => {
    const { openedParts } = await import('./opened');
    parts.value ??= openedParts(store, results);
  };
  const opened = signal({ between: false, flow: false });
  const open = (which: keyof typeof opened.value) => (event: { currentTarget: HTMLDetailsElement }) => {
    opened.value = { ...opened.value, [which]: event.currentTarget.open };
    void load();
  };
  return {
    More: () => {
      if (store.state.value.embed) return null;
      return (
        <>
          <details class="diffusion-place" data-testid="between" onToggle={open('between')}>
            <summary>From one image to another</summary>
            {opened.value.between && parts.value !== null && <parts.value.Between />}
          </details>
          <details class="diffusion-place" data-testid="digits-flow" onToggle={open('flow')}>
            <summary>A diffusion model of these images: where its samples end</summary>
            {opened.value.flow && parts.value !== null && <parts.value.Diffusion />}
          </details>
        </>
      );
    },
  };
}
