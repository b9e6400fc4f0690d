// A sentence of explanation that shows on hover and on focus, and is read with what it explains.
// Escape, pressing a button, or dragging hides it until the pointer or the focus moves on.
import type { ComponentChildren } from 'preact';

export function Tip({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <span class="tip" role="tooltip" id={id}>
      {children}
    </span>
  );
}

/** Lets Escape, a press and a drag hide tips.
 *  @param root keeps whether they are hidden @param within where they are: the whole page, or one figure of it */
export function watchTips(root: HTMLElement = document.documentElement, within: EventTarget = window): void {
  let dragging = false; // a slider or a point: nothing may cover it
  const show = () => {
    if (!dragging) delete root.dataset.tips;
  };
  within.addEventListener('pointerdown', (event) => {
    dragging = (event.target as Element).closest('input[type=range], .point') !== null;
    if (dragging) root.dataset.tips = 'off';
  });
  for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => (dragging = false));
  within.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Escape') root.dataset.tips = 'off';
  });
  within.addEventListener('click', (event) => {
    if ((event.target as Element).closest('button')) root.dataset.tips = 'off';
  });
  within.addEventListener('focusin', show);
  within.addEventListener('pointerover', show);
}
