import type { Scene } from '../scenes/scene';

export const images: Scene = {
  title: 'Images',
  request: () => ({}),
  Figure: () => <svg data-figure role="img" aria-label="Images" />,
  Caption: () => null,
  DataControls: () => null,
  ViewControls: () => null,
};
