// What of the plane comes after the first figure: what may be opened or switched on.
import { laboratoryParts } from '#plane-laboratory';
import type { Commands, Signals } from '../../store/signals';
import { Scrubber } from '../../ui/scrubber';
import * as bands from './bands';
import type { PlaneData } from './of_data';
import { Proof } from './proof';

export function planeParts(store: Signals & Commands, data: () => PlaneData | null) {
  const laboratory = laboratoryParts(store, data);
  const { Space = () => null } = laboratory; // a figure alone has none
  return {
    bands,
    Scrubber: () => <Scrubber store={store} />,
    More: () => (
      <>
        <Proof store={store} />
        <Space />
      </>
    ),
    ...laboratory,
  };
}
