import { Bytes } from './bytes.ts';
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

/** A module under construction: imports first, then functions; memory comes from outside as `env.memory`. */
export class WasmModule {
  readonly #memory: MemoryLimits;
  readonly #types: Signature[] = [];
  readonly #imports: { readonly name: string; readonly type: number }[] = [];
  readonly #functions: { readonly type: number; readonly name: string }[] = [];
  readonly #code = new Bytes(2 ** 16);

  constructor(memory: MemoryLimits) {
    this.#memory = memory;
  }

  /** A function from outside, `env.<name>`; all imports come before the first function. Returns its index for calls. */
  import(name: string, signature: Signature): number {
    this.#imports.push({ name, type: this.#typeOf(signature) });
    return this.#imports.length - 1;
  }

  /** Adds a function, finished, exported under its name. Returns its index for calls. */
  add(name: string, code: WasmFunction): number {
    this.#functions.push({ type: this.#typeOf(code), name });
    code.encode(this.#code);
    return this.#imports.length + this.#functions.length - 1;
  }

  /** The module in WebAssembly's binary format, version 1. */
  encode(): Uint8Array<ArrayBuffer> {
    const imports = this.#imports.length;
    const module = new Bytes(this.#code.length + 2 ** 14).append([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
    const section = (id: number, items: number, write: (content: Bytes) => void): void => {
      const content = new Bytes().unsigned(items);
      write(content);
      module.byte(id).sized(content);
    };
    section(1, this.#types.length, (content) => {
      for (const { parameters, results } of this.#types) {
        content.byte(0x60).sized(bytesOf(parameters)).sized(bytesOf(results));
      }
    });
    section(2, imports + 1, (content) => {
      const { pages, shared } = this.#memory;
      content
        .name('env')
        .name('memory')
        .byte(0x02)
        .byte(shared ? 3 : 0)
        .unsigned(pages);
      if (shared) content.unsigned(pages);
      for (const { name, type } of this.#imports) content.name('env').name(name).byte(0x00).unsigned(type);
    });
    section(3, this.#functions.length, (content) => {
      for (const { type } of this.#functions) content.unsigned(type);
    });
    section(7, this.#functions.length, (content) => {
      for (const [i, { name }] of this.#functions.entries())
        content
          .name(name)
          .byte(0x00)
          .unsigned(imports + i);
    });
    section(10, this.#functions.length, (content) => {
      content.append(this.#code.written);
    });
    return module.written;
  }

  #typeOf({ parameters, results }: Signature): number {
    const known = this.#types.findIndex(
      (type) => `${type.parameters}` === `${parameters}` && `${type.results}` === `${results}`,
    );
    return known >= 0 ? known : this.#types.push({ parameters, results }) - 1;
  }
}

const bytesOf = (types: readonly ValueType[]): Bytes =>
  types.reduce((bytes, type) => bytes.byte(valueTypes[type]), new Bytes(4));
