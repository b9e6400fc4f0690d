const share = 0.2; // of the time, at most
const slowestMs = 250; // the least time between two

/** Something costly that is computed at most every `slowestMs`, and never above `share` of the time. */
export class Occasional {
  private next = 0;
  due(now: number): boolean {
    return now >= this.next;
  }
  reset(): void {
    this.next = 0;
  }
  run<T>(work: () => T): T {
    const start = performance.now();
    const result = work();
    const end = performance.now();
    this.next = end + Math.max(slowestMs, (end - start) / share);
    return result;
  }
}
