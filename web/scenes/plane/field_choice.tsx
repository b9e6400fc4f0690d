import type { Which } from '../../denoise';
import type { Commands, Signals } from '../../store/signals';
import { SelectField } from '../../ui/fields';
import { shownField } from './of_data';

/** The choice of the denoiser whose field is drawn. */
export function FieldChoice({ store }: { store: Pick<Signals, 'state' | 'description' | 'readings' | 'refusal'> & Pick<Commands, 'update'> }) {
  const shown = shownField(store);
  const choices = (store.description.value?.denoisers ?? []).map(({ name, title }): [Which | '', string] => [name, title]);
  return (
    <SelectField
      store={store}
      name="field"
      label="Field of"
      explain="The denoiser whose displacement h(y) − y the arrows show."
      value={shown ?? ''}
      choices={shown === null ? [['', 'None yet'], ...choices] : choices}
      change={(field) => field !== '' && store.update({ field })}
    />
  );
}
