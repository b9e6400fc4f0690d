// What is shown of a scene, wherever it stands: what moves training, the figure, the numbers, the words.
import { untracked, useComputed } from '@preact/signals';
import type { App } from '../store/app';
import { Badge } from './badge';
import { Headline } from './headline';
import { Readouts } from './readouts';
import type { ShownScene } from './scene';
import { Transport } from './transport';

/** @param embed there are no controls to say a refusal beside */
export function Shown({ app, embed }: { app: App<ShownScene>; embed: boolean }) {
  const name = useComputed(() => app.state.value.scene).value;
  const shown = untracked(() => app.shown);
  return (
    <>
      <div class="bar">
        <Transport store={app} />
        <Headline store={app} />
        <Badge store={app} />
      </div>
      <p class="note" data-testid="note" role="status" hidden={app.note.value === ''}>
        {app.note.value}
      </p>
      {embed && app.refusal.value !== null && (
        <p class="refusal" role="alert" data-testid={`error-${app.refusal.value.control}`}>
          {app.refusal.value.message}
        </p>
      )}
      <shown.Figure key={name} />
      <Readouts store={app} />
      {shown.Measures !== undefined && <shown.Measures />}
      <p class="caption" data-testid="caption">
        <shown.Caption />
        {shown.leaves !== undefined && <span class="leaves-out"> This picture leaves out {shown.leaves()}</span>}
      </p>
      {shown.More !== undefined && (
        <div class="more">
          <shown.More />
        </div>
      )}
    </>
  );
}
