import { signal } from '@preact/signals';
import { later } from '../../ui/later';
import type { Scene } from '../../ui/scene';
import { Digits, DIGITS_NAME } from './digits';
import type { imagesView } from './images_view';
import { imagesState } from './state';

export const images: Scene = {
  ...imagesState,
  offersHull: true,
  written: ({ images: picked }) => `images ${picked.join(', ')} of MNIST`,
  open(store) {
    const digits = new Digits();
    const view = signal<ReturnType<typeof imagesView> | null>(null);
    const code = async () => {
      const { imagesView } = await import('./images_view');
      view.value ??= imagesView(store, digits);
    };
    const load = async () => (await Promise.all([digits.load(), code()]))[0];
    return {
      code,
      load,
      async prepare(engine) {
        engine.addImages(DIGITS_NAME, await load());
      },
      request: () => view.value!.request(),
      frameHeight: () => view.value!.frameHeight(),
      file: () => view.value!.file(),
      carried: () => view.value!.carried(),
      Figure: later(view, 'Figure'),
      Measures: later(view, 'Measures'),
      Caption: later(view, 'Caption'),
      DataControls: later(view, 'DataControls'),
      ViewControls: later(view, 'ViewControls'),
    };
  },
};
