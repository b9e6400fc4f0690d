// D3 sets attributes, classes and text again where they are set already, and the browser lays out again whatever was
// set: in a drag that is most of what changes. Here selections leave alone what does not change.
import { selection, type BaseType, type ValueFn } from 'd3-selection';

type Value = string | number | boolean | null | undefined;
type Given = Value | ValueFn<BaseType, unknown, Value>;
type Each = (this: Element, datum: unknown, index: number, group: ArrayLike<BaseType>) => void;

const { attr, classed, text } = selection.prototype;
const valueOf = (given: Given, element: Element, ...rest: Parameters<Each>): Value => (typeof given === 'function' ? given.call(element, ...(rest as [unknown, number, BaseType[]])) : given);

selection.prototype.attr = function (this: typeof selection.prototype, name: string, given?: Given) {
  if (arguments.length < 2 || name.includes(':')) return attr.apply(this, arguments as never);
  const set: Each = function (...rest) {
    const value = valueOf(given!, this, ...rest);
    if (value == null) this.removeAttribute(name);
    else if (this.getAttribute(name) !== String(value)) this.setAttribute(name, String(value));
  };
  return this.each(set as never);
} as typeof attr;

selection.prototype.classed = function (this: typeof selection.prototype, names: string, given?: Given) {
  if (arguments.length < 2) return classed.apply(this, arguments as never);
  const list = names.trim().split(/\s+/);
  const set: Each = function (...rest) {
    const wanted = Boolean(valueOf(given!, this, ...rest));
    for (const name of list) if (this.classList.contains(name) !== wanted) this.classList.toggle(name, wanted);
  };
  return this.each(set as never);
} as typeof classed;

selection.prototype.text = function (this: typeof selection.prototype, given?: Given) {
  if (arguments.length < 1) return text.apply(this, arguments as never);
  const set: Each = function (...rest) {
    const value = String(valueOf(given!, this, ...rest) ?? '');
    const { firstChild } = this;
    if (firstChild instanceof Text && firstChild === this.lastChild && firstChild.data === value) return;
    this.textContent = value;
  };
  return this.each(set as never);
} as typeof text;
