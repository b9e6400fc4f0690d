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

/** Lets Escape, a press and a drag hide tips. */
export function watchTips(): void {
  const root = document.documentElement;
  let dragging = false; // a slider or a point: nothing may cover it
  const show = () => {
    if (!dragging) delete root.dataset.tips;
  };
  addEventListener('pointerdown', (event) => {
    dragging = (event.target as Element).closest('input[type=range], .point') !== null;
    if (dragging) root.dataset.tips = 'off';
  });
  for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => (dragging = false));
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') root.dataset.tips = 'off';
  });
  addEventListener('click', (event) => {
    if ((event.target as Element).closest('button')) root.dataset.tips = 'off';
  });
  addEventListener('focusin', show);
  addEventListener('pointerover', show);
}
