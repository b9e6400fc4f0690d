import type { Scene } from '../scenes/scene';

export const images: Scene = {
  title: 'Images',
  layers: [],
  request: () => ({}),
  Figure: () => <svg data-figure role="img" aria-label="Images" />,
  Caption: () => null,
  DataControls: () => null,
  ViewControls: () => null,
};
