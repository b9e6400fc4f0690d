import { signal } from '@preact/signals';
import { later } from '../../ui/later';
import type { Scene } from '../../ui/scene';
import { Digits, DIGITS_COUNT, DIGITS_NAME, DIGITS_PER_CLASS, DIGITS_PIXELS, OWN_NAME } from './digits';
import type { imagesView } from './images_view';
import { fewest, mostImages } from './picks';
import { imagesState } from './state';

const named = (indices: number[], of: string): string[] => (indices.length === 0 ? [] : [`${indices.join(', ')} ${of}`]);

export const images: Scene = {
  ...imagesState,
  offersHull: true,
  written: ({ images: picked }) =>
    `images ${[...named(picked.filter((index) => index < DIGITS_COUNT), 'of MNIST'), ...named(picked.filter((index) => index >= DIGITS_COUNT), 'of the reader’s own')].join('; ')}`,
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
        const bytes = await load();
        engine.addImages(DIGITS_NAME, bytes);
        if (digits.own.peek() > 0) engine.addImages(OWN_NAME, bytes);
      },
      takePictures(engine, pictures) {
        const first = DIGITS_COUNT + digits.own.peek();
        const bytes = digits.add(pictures);
        if (bytes === null) throw new Error(`There is room for ${DIGITS_PER_CLASS} images of your own; with these it would be ${first - DIGITS_COUNT + pictures.length}.`);
        engine.addImages(OWN_NAME, bytes);
        // With fewer than can stand alone, beside those that are picked.
        const { images: picked } = store.state.peek();
        const more = pictures.slice(0, mostImages).map((_, i) => first + i);
        const images = more.length >= fewest ? more : [...(picked.length === 0 ? imagesState.start.images! : picked).slice(0, mostImages - more.length), ...more];
        return { change: { images }, said: `${pictures.length === 1 ? '1 image' : `${pictures.length} images`}, now under “own”${pictures.length > more.length ? `, the first ${more.length} of them picked` : ''}.` };
      },
      request: () => view.value!.request(),
      frameHeight: () => view.value!.frameHeight(),
      file: () => view.value!.file(),
      leaves: () => `all noisy images but one of each clean image, and with them the rest of the ${DIGITS_PIXELS}-dimensional space; values below 0 and above 1, which are drawn black and white.`,
      tables: () => view.value?.tables ?? [],
      carried: () => view.value!.carried(),
      Figure: later(view, 'Figure'),
      Measures: later(view, 'Measures'),
      Caption: later(view, 'Caption'),
      More: later(view, 'More'),
      DataControls: later(view, 'DataControls'),
      ViewControls: later(view, 'ViewControls'),
    };
  },
};
