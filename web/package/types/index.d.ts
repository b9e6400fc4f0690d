import type { Denoise } from './api';
export type * from './api';

export declare const closedForm: Denoise['closedForm'];
export declare const train: Denoise['train'];
export declare const minimumCost: Denoise['minimumCost'];
export declare const alignment: Denoise['alignment'];
export declare const Session: Denoise['Session'];
