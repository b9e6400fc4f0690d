// The figure, and the library with its module served apart. Where that need not be, `import { closedForm, train }
// from 'libdenoise'` carries the module inside.
import 'libdenoise/element';
import { load } from 'libdenoise/loader';
import module from 'libdenoise/denoise.wasm?url';

const { closedForm, train } = load(module);
const experiment = { data: { preset: 'line-5' }, training: { width: 20, steps: 300 } };
const show = (id, value) => (document.getElementById(id).textContent = value);

show('cost', (await closedForm(experiment)).cost);
show('checksum', (await train(experiment)).checksum);
