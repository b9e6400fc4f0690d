// What the laboratory has besides its scenes, loaded after the first figure.
export { Share } from './share';
