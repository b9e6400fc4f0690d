import type { Commands, Signals } from '../../store/signals';
import { SelectField } from '../../ui/fields';
import { shownField } from './of_data';

/** The choice of the denoiser whose field is drawn. */
export function FieldChoice({ store }: { store: Pick<Signals, 'state' | 'description' | 'refusal'> & Pick<Commands, 'update'> }) {
  const choices = (store.description.value?.denoisers ?? []).map(({ name, title }) => [name, title] as const);
  return (
    <SelectField
      store={store}
      name="field"
      label="Field of"
      explain="The denoiser whose displacement h(y) − y the arrows show."
      value={shownField(store)}
      choices={choices}
      change={(field) => store.update({ field })}
    />
  );
}
