import type { Commands, Signals } from '../../store/signals';
import { SelectField } from '../../ui/fields';

/** The choice of the component that is drawn as a map. */
export function HeatChoice({ store }: { store: Pick<Signals, 'state' | 'description' | 'refusal'> & Pick<Commands, 'update'> }) {
  return (
    <SelectField
      store={store}
      name="heat"
      label="Heat map"
      explain="One of the two numbers of h(y) of the same denoiser as a colour at each y, with its line of 0."
      value={store.state.value.heat}
      choices={[
        ['none', 'None'],
        ['1', 'h₁(y)'],
        ['2', 'h₂(y)'],
      ]}
      change={(heat) => store.update({ heat })}
    />
  );
}
