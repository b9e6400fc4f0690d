import type { App } from '../app';
import type { Scene } from '../scenes/scene';
import { sceneNames, type SceneName } from '../state';

export function Page({ app, scenes }: { app: App; scenes: Record<SceneName, Scene> }) {
  const scene = scenes[app.state.value.scene];
  return (
    <>
      <nav aria-label="Scene">
        {sceneNames.map((name) => (
          <button key={name} onClick={() => void app.show(name)} aria-current={name === app.state.value.scene ? 'page' : undefined}>
            {scenes[name].title}
          </button>
        ))}
      </nav>
      <p data-testid="note">{app.note.value}</p>
      <scene.Figure app={app} />
    </>
  );
}
