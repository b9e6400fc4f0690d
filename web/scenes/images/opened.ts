// What may be opened below the images, in one file to load.
export { Between } from './between';
export { Diffusion } from './diffusion';
