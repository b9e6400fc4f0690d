// The scenes, in the order of their tabs. A scene is a folder, and a line here.
import type { Scene } from '../ui/scene';
import { lineFlow } from './flow/line_scene';
import { flow } from './flow/scene';
import { images } from './images/scene';
import { line } from './line/scene';
import { plane } from './plane/scene';

export const scenes: Readonly<Record<string, Scene>> = { line, plane, flow, 'line-flow': lineFlow, images };
