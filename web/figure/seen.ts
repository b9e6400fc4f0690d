// Whether a figure is seen: in view, of a tab that is not hidden.
import { computed, signal } from '@preact/signals';

let turns: Promise<void> | undefined; // one figure after the other, once the document is loaded
const loaded = () => new Promise<void>((wake) => (document.readyState === 'complete' ? wake() : addEventListener('load', () => wake(), { once: true })));
const idle = () =>
  new Promise<void>((wake) => {
    if (typeof requestIdleCallback === 'undefined') setTimeout(wake, idleMs);
    else requestIdleCallback(() => wake(), { timeout: idleMs });
  });
const idleMs = 500; // at most, to wait for leisure

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

  /** Settles when it is seen first, or when the document is idle: what nobody has seen yet is drawn
   *  then, one figure after the other, since it may be printed. */
  orIdle(): Promise<void> {
    turns = (turns ?? loaded()).then(idle);
    return Promise.race([this.first(), turns]);
  }

  end(): void {
    this.observer.disconnect();
    document.removeEventListener('visibilitychange', this.look);
  }
}
