// What the laboratory has besides its scenes, loaded after the first figure.
export { OwnData } from './own_data';
export { OnPaper } from './paper';
export { Share } from './share';
