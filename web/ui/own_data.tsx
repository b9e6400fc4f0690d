// A reader's own data: a file that is opened, dropped on the page, or pasted where no text is edited.
import { useEffect, useState } from 'preact/hooks';
import type { App } from '../store/app';
import { openOwn } from '../store/own_data';
import { Field, describedBy } from './fields';
import { useUniqueId } from './unique';

const edited = 'textarea, select, input:not([type=range], [type=checkbox], [type=radio], [type=file])';

export function OwnData({ store }: { store: App }) {
  const id = useUniqueId('file');
  const [said, setSaid] = useState('');
  const open = async (files: readonly Blob[]) => {
    setSaid('');
    try {
      const name = files.length === 1 ? ((files[0] as File).name ?? 'What was pasted') : `${files.length} files`;
      const done = await openOwn(store, files);
      setSaid(`Opened ${name}: ${done.charAt(0).toLowerCase()}${done.slice(1)}`);
    } catch (error) {
      store.refuse('file', (error as Error).message);
    }
  };
  useEffect(() => {
    const holds = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const over = (event: DragEvent) => {
      if (holds(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!holds(event)) return;
      event.preventDefault();
      void open([...event.dataTransfer!.files]);
    };
    const paste = (event: ClipboardEvent) => {
      if ((event.target as Element).closest?.(edited)) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length === 0 && text === '') return;
      event.preventDefault();
      void open(files.length > 0 ? files : [new File([text], 'what was pasted')]);
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    addEventListener('paste', paste);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
      removeEventListener('paste', paste);
    };
  }, []);
  const refused = store.refusal.value?.control === 'file';
  return (
    <Field
      store={store}
      name="file"
      id={id}
      label="Your own"
      explain="Points as CSV, one a line; an experiment as JSON; images as PNG or IDX. A file may also be dropped on the page, or pasted. Nothing leaves this device; links hold points, but no images of yours."
      wide
    >
      <input
        type="file"
        id={id}
        data-testid="file"
        multiple
        aria-invalid={refused}
        aria-describedby={describedBy(id, refused)}
        onChange={(event) => {
          const input = event.currentTarget;
          void open([...(input.files ?? [])]).then(() => (input.value = '')); // so that the same file may be opened again
        }}
      />
      <p class="opened" role="status" data-testid="opened">
        {said}
      </p>
    </Field>
  );
}
