// A sentence of explanation that shows on hover and on focus, and is read with what it explains.
// Escape, or pressing a button, hides it until the pointer or the focus moves on.
import type { ComponentChildren } from 'preact';

export function Tip({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <span class="tip" role="tooltip" id={id}>
      {children}
    </span>
  );
}

/** Lets Escape hide tips. */
export function watchTips(): void {
  const root = document.documentElement;
  const show = () => delete root.dataset.tips;
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') root.dataset.tips = 'off';
  });
  addEventListener('click', (event) => {
    if ((event.target as Element).closest('button')) root.dataset.tips = 'off';
  });
  addEventListener('focusin', show);
  addEventListener('pointerover', show);
}
