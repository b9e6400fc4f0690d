import type { Commands, Signals } from '../store/signals';
import { CheckField } from './fields';

interface Props {
  store: Pick<Signals, 'state' | 'refusal' | 'description'> & Pick<Commands, 'update'>;
  layers: readonly (readonly [name: string, label: string, explain: string])[];
}

/** Switches of the figure's layers. */
export function Layers({ store, layers }: Props) {
  const on = store.state.value.layers;
  return (
    <>
      {layers.map(([name, label, explain]) => (
        <CheckField
          key={name}
          store={store}
          name={`layer-${name}`}
          label={label}
          explain={explain}
          value={on.includes(name)}
          change={(value) => store.update({ layers: value ? [...on, name] : on.filter((l) => l !== name) })}
        />
      ))}
    </>
  );
}
