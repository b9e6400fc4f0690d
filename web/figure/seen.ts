// Whether a figure is seen: in view, of a tab that is not hidden.
import { computed, signal } from '@preact/signals';

export class Seen {
  private readonly inView = signal(false);
  private readonly hidden = signal(document.hidden);
  readonly now = computed(() => this.inView.value && !this.hidden.value);
  private readonly look = () => (this.hidden.value = document.hidden);
  private readonly observer = new IntersectionObserver((entries) => (this.inView.value = entries.at(-1)!.isIntersecting));

  constructor(root: Element) {
    this.observer.observe(root);
    document.addEventListener('visibilitychange', this.look);
  }

  /** Settles when it is seen first. */
  first(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.now.subscribe((seen) => {
        if (!seen) return;
        resolve();
        queueMicrotask(() => stop());
      });
    });
  }

  end(): void {
    this.observer.disconnect();
    document.removeEventListener('visibilitychange', this.look);
  }
}
