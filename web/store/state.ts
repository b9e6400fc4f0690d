// The page's state: one flat object = the experiment and the view settings. What every scene has is
// here; a scene adds the keys that are its own to `State` (scene.ts).
export type SceneName = string;
export type NoiseKind = 'balls' | 'gaussian' | 'fresh';
export type Method = 'augmented-lagrangian' | 'weight-decay';

export interface CommonState {
  scene: SceneName;
  embed: boolean; // hide the controls, never an output
  anonymous: boolean; // leave out names and links
  play: boolean; // train as soon as the page is ready
  preset: string; // '' when `points` are given
  points: number[][];
  noise: NoiseKind;
  radius: number | null; // null: the library's default
  level: number;
  samples: number;
  noiseSeed: number;
  method: Method;
  lambda: number;
  rate: number;
  width: number;
  steps: number;
  seed: number;
  subspace: boolean; // train in the affine hull of the clean points
  layers: string[]; // the scene's switched-on layers
}

/** Every scene's keys are in every state, so that a link may go from one scene to another. */
export interface State extends CommonState {}

/** What a scene starts from where it says nothing else. */
export const common: Omit<CommonState, 'scene' | 'layers'> = {
  embed: false,
  anonymous: false,
  play: false,
  preset: '',
  points: [],
  noise: 'balls',
  radius: null,
  level: 0.1,
  samples: 80,
  noiseSeed: 1,
  method: 'augmented-lagrangian',
  lambda: 1e-4,
  rate: 0.01,
  width: 200,
  steps: 20000,
  seed: 1,
  subspace: false,
};
