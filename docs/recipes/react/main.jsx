// React 19 gives an element objects as properties, and hears its events. An experiment that is made anew at each
// rendering would be set anew at each: keep it outside, or in a state.
import { StrictMode, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { closedForm, train } from 'libdenoise';
import 'libdenoise/element';

const experiments = {
  'five points on a line': { data: { preset: 'line-5' }, training: { width: 30, steps: 300 } },
  'an obtuse triangle': { data: { points: [[0, 0], [2, 0], [-0.5, 1]] }, noise: { radius: 0.1 }, training: { width: 40, steps: 300 } },
};

function Numbers({ experiment }) {
  const [numbers, setNumbers] = useState(null);
  useEffect(() => {
    const control = new AbortController();
    setNumbers(null);
    Promise.all([closedForm(experiment), train({ ...experiment, training: { width: 20, steps: 300 } }, { signal: control.signal })]).then(
      ([{ cost }, { checksum }]) => control.signal.aborted || setNumbers({ cost, checksum }),
      (error) => control.signal.aborted || setNumbers({ cost: error.message, checksum: '' }),
    );
    return () => control.abort();
  }, [experiment]);
  return (
    <p>
      The least cost is <output id="cost">{numbers?.cost}</output>; a network of 20 neurons has the bits <output id="checksum">{numbers?.checksum}</output>.
    </p>
  );
}

function Page() {
  const [name, setName] = useState('five points on a line');
  const [said, setSaid] = useState('');
  const figure = useRef(null);
  return (
    <>
      <h1>A page by React</h1>
      {Object.keys(experiments).map((each) => (
        <button key={each} type="button" aria-pressed={each === name} onClick={() => setName(each)}>
          {each}
        </button>
      ))}
      <button type="button" onClick={() => figure.current.play()}>
        train
      </button>
      <minimum-norm-denoiser
        ref={figure}
        experiment={experiments[name]}
        onready={() => setSaid('The figure is there.')}
        onconverged={({ detail }) => setSaid(`Converged after ${detail.step} steps.`)}
        onunconverged={({ detail }) => setSaid(`At rest after ${detail.step} steps.`)}
        onerror={({ detail }) => setSaid(detail)}
      />
      <p role="status">{said}</p>
      <Numbers experiment={experiments[name]} />
    </>
  );
}

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
