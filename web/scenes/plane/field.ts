// The denoiser whose displacement field or image is drawn.
import type { App } from '../../store/app';
import type { Which } from '../../denoise';

/** The chosen one, or where that does not exist, what stands for it. */
export function shownField(app: App): Which {
  const description = app.description.value;
  const { field } = app.state.value;
  if (field !== 'closed-form' && field !== 'vertex-ramp') return field;
  return description?.closedForm ? 'closed-form' : description?.vertexRamp ? 'vertex-ramp' : 'trained';
}
