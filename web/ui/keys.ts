// Keys of the whole page: space is the button that trains, Ctrl+Z undoes and Ctrl+Shift+Z or Ctrl+Y redoes
// (with Cmd on a Mac). Where text is edited they are the text's.
import type { Commands } from '../store/signals';

const edited = 'textarea, select, input:not([type=range], [type=checkbox], [type=radio])';
const pressed = `${edited}, button, input, summary, a`;

/** @param scrolls whether the space bar is the browser's, as where a text is read
 *  @param within where keys are these: the whole page, or one figure of it */
export function watchKeys(store: Pick<Commands, 'undo' | 'redo' | 'proceed'>, scrolls: () => boolean, within: EventTarget = window): void {
  within.addEventListener('keydown', ((event: KeyboardEvent) => {
    const target = event.target as Element;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !event.altKey && (key === 'z' || key === 'y')) {
      if (target.closest(edited)) return;
      if (key === 'y' || event.shiftKey) store.redo();
      else store.undo();
    } else if (key === ' ' && !event.repeat && !scrolls() && !target.closest(pressed)) {
      store.proceed();
    } else return;
    event.preventDefault();
  }) as EventListener);
}
