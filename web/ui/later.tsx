// Parts of a scene that are loaded after the first figure, or when it is shown.
import type { ReadonlySignal } from '@preact/signals';
import type { ComponentType } from 'preact';

/** The part of this name, once it is there. */
export const later =
  <T extends object>(view: ReadonlySignal<T | null>, name: { [K in keyof T]: T[K] extends ComponentType ? K : never }[keyof T]): ComponentType =>
  () => {
    const Part = view.value?.[name] as ComponentType | undefined;
    return Part === undefined ? null : <Part />;
  };
