import type { App } from '../store/app';
import type { Which } from '../denoise';
import { CheckField, SelectField } from './fields';

interface Props {
  app: App;
  layers: readonly (readonly [name: string, label: string, explain: string])[];
  field?: boolean; // with a choice of the denoiser whose field is drawn
}

/** Switches of the figure's layers. */
export function Layers({ app, layers, field }: Props) {
  const on = app.state.value.layers;
  const description = app.description.value;
  const choices: [Which, string][] = [
    ...(description?.closedForm ? [['closed-form', 'Closed form'] as [Which, string]] : []),
    ...(!description?.closedForm && description?.vertexRamp ? [['vertex-ramp', 'Vertex ramps'] as [Which, string]] : []),
    ['trained', 'Trained network'],
    ['empirical-mmse', 'Empirical MMSE'],
  ];
  const chosen = (choices.find(([which]) => which === app.state.value.field) ?? choices[0]!)[0];
  return (
    <>
      {field && (
        <SelectField
          app={app}
          name="field"
          label="Field of"
          explain="The denoiser whose displacement h(y) − y the arrows show."
          value={chosen}
          choices={choices}
          change={(value) => app.update({ field: value })}
        />
      )}
      {layers.map(([name, label, explain]) => (
        <CheckField
          key={name}
          app={app}
          name={`layer-${name}`}
          label={label}
          explain={explain}
          value={on.includes(name)}
          change={(value) => app.update({ layers: value ? [...on, name] : on.filter((l) => l !== name) })}
        />
      ))}
    </>
  );
}
