// The page's first words: they stand in the shell that is shown before the script has come
// (index.html, filled in by vite.config.ts), and in the page itself.
export const title = 'What does a minimum-norm denoiser look like?';
export const lead =
  'Teach a shallow ReLU network to send noisy points back to clean ones, at the least cost of its weights: it becomes one ' +
  'particular function, often known exactly. Choose points, press Train.';
/** Where no script runs: of poster.svg, the closed form at r = 1 and rho = 0.2 (docs/theory.md, section 4.5). */
export const posterCaption =
  'The denoiser of least cost for three clean points at the corners of an equilateral triangle (theorem, Zeno et al. 2023): each ' +
  'arrow points from a noisy y towards its denoised h(y), at a quarter of its length; h sends every y in a noise ball to its ' +
  'point, and bends along the blue lines; its cost is 6r / (1.5r − 2ρ) = 5.4545 at r = 1 and ρ = 0.2. With JavaScript and ' +
  'WebAssembly this page trains a network in the reader’s browser and shows how near it comes.';
/** Where no script runs, and the site has more than this page. */
export const unscripted = '<a href="story.html">The story of these denoisers</a> can be read without scripts, with still pictures.';
/** Where the page's script may not be loaded. */
export const unloaded =
  'The page’s script could not be loaded, as in a sandboxed frame whose server does not send Access-Control-Allow-Origin: *; ' +
  '<a href="single.html">the page as one file</a> needs no such leave.';
