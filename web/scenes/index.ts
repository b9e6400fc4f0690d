import type { SceneName } from '../state';
import { images } from '../images/scene';
import { line } from '../line/scene';
import { plane } from '../plane/scene';
import type { Scene } from './scene';

export const scenes: Record<SceneName, Scene> = { line, plane, images };
