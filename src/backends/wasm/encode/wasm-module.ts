import { pushName, pushUnsigned } from './leb128.ts';
import { type ValueType, valueTypes } from './opcodes.ts';
import type { WasmFunction } from './wasm-function.ts';

interface Signature {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** How much memory the module is given, in pages of 64 KiB; shared memory needs a maximum. */
export interface MemoryLimits {
  readonly pages: number;
  readonly shared: boolean;
}

/** A WebAssembly module under construction: imports first, then functions; memory comes from outside as `env.memory`. */
export class WasmModule {
  readonly #memory: MemoryLimits;
  readonly #types: string[] = [];
  readonly #typeBytes: number[][] = [];
  readonly #imports: { readonly name: string; readonly type: number }[] = [];
  readonly #functions: { readonly type: number; readonly code: WasmFunction; readonly name: string }[] = [];

  constructor(memory: MemoryLimits) {
    this.#memory = memory;
  }

  /** A function from outside, `env.<name>`; all imports come before the first function. Returns its index for calls. */
  import(name: string, signature: Signature): number {
    this.#imports.push({ name, type: this.#typeOf(signature) });
    return this.#imports.length - 1;
  }

  /** Adds a function, exported under its name. Returns its index for calls. */
  add(name: string, code: WasmFunction): number {
    this.#functions.push({ type: this.#typeOf(code), code, name });
    return this.#imports.length + this.#functions.length - 1;
  }

  /** The module in WebAssembly's binary format, version 1. */
  encode(): Uint8Array {
    const chunks: (readonly number[])[] = [[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]];
    const { pages, shared } = this.#memory;
    const limits: number[] = [shared ? 3 : 0];
    pushUnsigned(limits, pages);
    if (shared) pushUnsigned(limits, pages);
    const imports = [
      entry('memory', [0x02, ...limits]),
      ...this.#imports.map(({ name, type }) => entry(name, [0x00, ...unsigned(type)])),
    ];
    const exports = this.#functions.map(({ name }, i) => {
      const item: number[] = [];
      pushName(item, name);
      item.push(0x00, ...unsigned(this.#imports.length + i));
      return item;
    });
    const bodies = this.#functions.map(({ code }) => {
      const body = code.encode();
      return [unsigned(body.length), body];
    });
    const single = (items: readonly (readonly number[])[]): (readonly number[])[][] => items.map((item) => [item]);
    section(chunks, 1, single(this.#typeBytes));
    section(chunks, 2, single(imports));
    section(chunks, 3, single(this.#functions.map(({ type }) => unsigned(type))));
    section(chunks, 7, single(exports));
    section(chunks, 10, bodies);
    return joined(chunks);
  }

  #typeOf({ parameters, results }: Signature): number {
    const key = `${parameters}->${results}`;
    const known = this.#types.indexOf(key);
    if (known >= 0) return known;
    const vector = (types: readonly ValueType[]): number[] => [
      ...unsigned(types.length),
      ...types.map((type) => valueTypes[type]),
    ];
    this.#types.push(key);
    this.#typeBytes.push([0x60, ...vector(parameters), ...vector(results)]);
    return this.#types.length - 1;
  }
}

function entry(name: string, description: readonly number[]): number[] {
  const bytes: number[] = [];
  pushName(bytes, 'env');
  pushName(bytes, name);
  return bytes.concat(description);
}

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  pushUnsigned(bytes, value);
  return bytes;
}

/** Appends a section; each of its items comes in pieces. */
function section(chunks: (readonly number[])[], id: number, items: readonly (readonly (readonly number[])[])[]): void {
  const content = [unsigned(items.length), ...items.flat()];
  chunks.push([id, ...unsigned(lengthOf(content))], ...content);
}

const lengthOf = (chunks: readonly (readonly number[])[]): number =>
  chunks.reduce((sum, { length }) => sum + length, 0);

/** Programs have hundreds of kilobytes: pieces are copied whole, once. */
function joined(chunks: readonly (readonly number[])[]): Uint8Array {
  const bytes = new Uint8Array(lengthOf(chunks));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
