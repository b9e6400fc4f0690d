// The page's first words: they stand in the shell that is shown before the script has come
// (index.html, filled in by vite.config.ts), and in the page itself.
export const title = 'What does a minimum-norm denoiser look like?';
export const lead =
  'Teach a shallow ReLU network to send noisy points back to clean ones, at the least cost of its weights: it becomes one ' +
  'particular function, often known exactly. Choose points, press Train.';
