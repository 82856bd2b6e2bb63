import { fail } from './error.ts';

/** Attributes nest no deeper: real ones need three levels, and recursion over hostile files must end. */
export const deepestAttribute = 64;

/** Keys that mean something to JavaScript itself; as names of data they only ever come from hostile or broken files. */
export const isReservedKey = (key: string): boolean =>
  key === '__proto__' || key === 'constructor' || key === 'prototype';

/**
 * Attributes on one line, injective on plain data: JSON, with `NaN`, `Infinity`, `-Infinity` and `-0` as they are.
 * The key of hash-consing, and the form that printing and parsing share.
 *
 * @throws CotangentError `graph/attributes` for anything but plain JSON data.
 */
export function attributeText(attributes: unknown): string {
  return write(attributes, '', 0);
}

function write(value: unknown, path: string, depth: number): string {
  switch (typeof value) {
    case 'number':
      return value === 0 && Object.is(value, -0) ? '-0' : `${value}`;
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth >= deepestAttribute) refuse(path, `is nested deeper than ${deepestAttribute} levels`);
      return Array.isArray(value) ? writeArray(value, path, depth) : writeObject(value, path, depth);
    default:
      return refuse(path, `is ${value === undefined ? 'undefined' : `a ${typeof value}`}`);
  }
}

function writeArray(value: readonly unknown[], path: string, depth: number): string {
  let text = '[';
  for (let i = 0; i < value.length; i++) {
    const item = value[i];
    // Weight tables are long arrays of numbers: those skip the call and the path.
    const shown = typeof item === 'number' && item !== 0 ? `${item}` : write(item, `${path}[${i}]`, depth + 1);
    text += i === 0 ? shown : `,${shown}`;
  }
  return `${text}]`;
}

function writeObject(value: object, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    refuse(path, `is a ${value.constructor?.name ?? 'class instance'}`);
  let text = '{';
  for (const [key, item] of Object.entries(value)) {
    if (isReservedKey(key)) refuse(path, `has a key '${key}'`);
    const shown = write(item, path === '' ? key : `${path}.${key}`, depth + 1);
    text += `${text === '{' ? '' : ','}${JSON.stringify(key)}:${shown}`;
  }
  return `${text}}`;
}

function refuse(path: string, what: string): never {
  return fail(
    'graph/attributes',
    `${path === '' ? 'the attribute record' : `attribute '${path}'`} ${what}`,
    'make attributes plain JSON data (records, arrays, strings, numbers, booleans, null), and leave out what is not given.',
  );
}
