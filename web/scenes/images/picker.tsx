// Picks the images: those picked in a strip, and all hundred of one digit to pick from. Each picture
// is a button; in the hundred, arrow keys move from one to the next.
import { useRef, useState } from 'preact/hooks';
import type { Commands, Signals } from '../../store/signals';
import { Refusal, SelectField } from '../../ui/fields';
import { digitName, digitNumber, DIGITS_CLASSES, DIGITS_PER_CLASS, OWN, type Digits } from './digits';
import { choices, mostImages, sameImages } from './picks';
import { Thumbnail, type Strips } from './thumbnails';

interface Props {
  store: Pick<Signals, 'state' | 'refusal' | 'description'> & Pick<Commands, 'update' | 'settle'>;
  strips: Strips;
  digits: Digits;
}

const custom = 'own';
const named = (index: number): string => (digitName(index) === 'own' ? 'your own' : `a ${digitName(index)}`);

export function Picker({ store, strips, digits }: Props) {
  const [digit, setDigit] = useState(0);
  const own = digits.own.value;
  const name = digit === OWN ? 'images of your own' : `images of the digit ${digit}`;
  const [current, setCurrent] = useState(0); // the thumbnail that Tab leads to
  const grid = useRef<HTMLDivElement>(null);
  const picked = store.state.value.images;
  const pick = (images: number[]) => {
    store.update({ images });
    store.settle();
  };
  const toggle = (index: number) =>
    pick(picked.includes(index) ? picked.filter((i) => i !== index) : [...picked, index]);
  const ready = choices.find((c) => sameImages(c.indices, picked))?.name ?? custom;

  const move = (event: KeyboardEvent) => {
    const buttons = [...grid.current!.querySelectorAll('button')];
    const top = buttons[0]!.offsetTop;
    const columns = buttons.filter((b) => b.offsetTop === top).length;
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(buttons.length - 1, Math.max(0, current + step));
    setCurrent(next);
    buttons[next]!.focus();
  };

  return (
    <div class="picker">
      <SelectField
        store={store}
        name="choice"
        label="Images"
        explain="Handwritten digits of MNIST, 28 by 28 pixels: the clean points, in 784 dimensions."
        value={ready}
        choices={[
          ...choices.map((c) => [c.name, c.title] as const),
          ...(ready === custom ? [[custom, 'Your own choice'] as const] : []),
        ]}
        change={(name) => pick([...(choices.find((c) => c.name === name)?.indices ?? picked)])}
      />
      <div class="picked" role="group" aria-label={`The ${picked.length} picked images`}>
        {picked.map((index) => (
          <button
            key={index}
            type="button"
            data-testid={`picked-${index}`}
            aria-label={`Remove image ${digitNumber(index)}, ${named(index)}`}
            title={`Remove no. ${digitNumber(index)}`}
            onClick={() => toggle(index)}
          >
            <Thumbnail strips={strips} index={index} side={38} />
          </button>
        ))}
      </div>
      <p class="count">
        {picked.length} of at most {mostImages}; press one to remove it.{own > 0 && ' Links and experiments name your own images, but do not hold them: they open where the files were opened. “Standalone HTML” holds those that are picked.'}
      </p>
      <Refusal store={store} name="images" />
      <div class="classes" role="group" aria-label="Digit to pick from">
        {Array.from({ length: DIGITS_CLASSES + (own > 0 ? 1 : 0) }, (_, c) => (
          <button
            key={c}
            type="button"
            data-testid={`digit-${c}`}
            aria-pressed={c === digit}
            onClick={() => {
              setDigit(c);
              setCurrent(0);
            }}
          >
            {c === OWN ? 'own' : c}
          </button>
        ))}
      </div>
      <div class="hundred" role="group" aria-label={`The ${name}; arrow keys move`} ref={grid} onKeyDown={move}>
        {Array.from({ length: digit === OWN ? own : DIGITS_PER_CLASS }, (_, i) => {
          const index = digit * DIGITS_PER_CLASS + i;
          return (
            <button
              key={index}
              type="button"
              data-testid={`pick-${index}`}
              tabIndex={i === current ? 0 : -1}
              aria-pressed={picked.includes(index)}
              aria-label={`Image ${digitNumber(index)}, ${named(index)}`}
              title={`no. ${digitNumber(index)}`}
              onFocus={() => setCurrent(i)}
              onClick={() => toggle(index)}
            >
              <Thumbnail strips={strips} index={index} side={40} />
            </button>
          );
        })}
      </div>
    </div>
  );
}
