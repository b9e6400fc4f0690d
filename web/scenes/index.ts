import type { SceneName } from '../store/state';
import { images } from './images/scene';
import { line } from './line/scene';
import { plane } from './plane/scene';
import type { Scene } from '../ui/scene';

export const scenes: Record<SceneName, Scene> = { line, plane, images };
