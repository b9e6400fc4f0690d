// A figure as one file to take away. What makes it comes after the first figure.
import { useEffect, useState } from 'preact/hooks';
import type { ComponentType } from 'preact';
import type { StandaloneProps } from './standalone_form';

export function Standalone(props: StandaloneProps) {
  const [Form, setForm] = useState<ComponentType<StandaloneProps> | null>(null);
  const there = props.store.readings.value !== null;
  useEffect(() => {
    if (there) import('./standalone_form').then(({ StandaloneForm }) => setForm(() => StandaloneForm), () => undefined);
  }, [there]);
  // The page that is one file has no template of others beside it.
  if (import.meta.env.MODE === 'single') return null;
  return <div class="buttons standalone">{Form !== null && <Form {...props} />}</div>;
}
