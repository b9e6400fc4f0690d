import type { Scene } from '../scenes/scene';

export const line: Scene = {
  title: 'Line',
  request: () => ({}),
  Figure: () => <svg data-figure role="img" aria-label="Line" />,
  Caption: () => null,
  DataControls: () => null,
  ViewControls: () => null,
};
