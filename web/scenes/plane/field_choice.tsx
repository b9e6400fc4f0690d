import type { Which } from '../../denoise';
import type { Commands, Signals } from '../../store/signals';
import { SelectField } from '../../ui/fields';

/** The choice of the denoiser whose field is drawn. */
export function FieldChoice({ store }: { store: Pick<Signals, 'state' | 'description' | 'refusal'> & Pick<Commands, 'update'> }) {
  const description = store.description.value;
  const choices: [Which, string][] = [
    ...(description?.closed_form ? [['closed-form', 'Closed form'] as [Which, string]] : []),
    ...(!description?.closed_form && description?.vertex_ramp ? [['vertex-ramp', 'Vertex ramps'] as [Which, string]] : []),
    ['trained', 'Trained network'],
    ['empirical-mmse', 'Empirical MMSE'],
  ];
  const chosen = (choices.find(([which]) => which === store.state.value.field) ?? choices[0]!)[0];
  return (
    <SelectField
      store={store}
      name="field"
      label="Field of"
      explain="The denoiser whose displacement h(y) − y the arrows show."
      value={chosen}
      choices={choices}
      change={(field) => store.update({ field })}
    />
  );
}
