// What may be opened below the images, in one file to load.
import { DiffusionModel } from '../../store/diffusion_model';
import type { Commands, Signals } from '../../store/signals';
import { Between as BetweenOf } from './between';
import { Diffusion as DiffusionOf } from './diffusion';
import type { Results } from './results';

export function openedParts(store: Signals & Pick<Commands, 'update'>, results: Results) {
  const model = new DiffusionModel(); // outlives its place, which may be closed
  return {
    Between: () => <BetweenOf store={store} results={results} />,
    Diffusion: () => <DiffusionOf store={store} model={model} />,
  };
}
