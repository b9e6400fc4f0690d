import type { Scene } from '../scenes/scene';

export const plane: Scene = {
  title: 'Plane',
  request: () => ({}),
  Figure: () => <svg data-figure role="img" aria-label="Plane" />,
  Caption: () => null,
  DataControls: () => null,
  ViewControls: () => null,
};
