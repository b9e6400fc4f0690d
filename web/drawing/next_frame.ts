// What waits for a frame.

/** How long a frame may be waited for. */
export const unseenMs = 300;

/** Draws in the next frame; where none comes, as in an iframe out of view, which has no sizes either, soon.
 *  @returns what calls it off */
export function nextFrame(draw: () => void): () => void {
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const now = () => {
    cancel();
    draw();
  };
  const frame = requestAnimationFrame(now);
  const timer = setTimeout(now, unseenMs);
  return cancel;
}
