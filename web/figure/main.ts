// A figure's file: its document is in it, and its first state as a picture, which stays where nothing
// can be computed.
import { scenes } from '../scenes/index';
import { carry } from '../scenes/images/file.figure';
import { watchKeys } from '../ui/keys';
import { followTheme } from '../ui/theme';
import { watchTips } from '../ui/tip';
import { figureOf } from './document';
import type { FigureEvents } from './driver';
import { frame } from './frame';
import { LiveFigure } from './live';

followTheme();

const root = document.getElementById('page')!;
const missing = document.getElementById('missing')!;

try {
  const figure = figureOf(document.getElementById('figure')!.textContent!);
  if (figure.carried !== undefined) carry(figure.carried);
  const events: FigureEvents = {};
  const live = new LiveFigure(root, figure, scenes, events);
  const told = frame(live.driver);
  Object.assign(events, told, {
    error: (message: string) => {
      if (!live.drawn) missing.textContent = message;
      told.error?.(message);
    },
  });
  watchTips();
  watchKeys(live.app, () => false);
  void live.start();
} catch (error) {
  missing.textContent = error instanceof Error ? error.message : String(error);
}
