/** One loop of a table: how many entries, and what each adds to the value. */
export interface TableAxis {
  readonly count: number;
  readonly step: (i: number) => number;
}

/** Loops inside one another, the last fastest: the sums of `base` and every axis's share. */
export function offsetTable(base: number, axes: readonly TableAxis[]): Int32Array {
  let values = Int32Array.of(base);
  for (const { count, step } of axes) {
    const next = new Int32Array(values.length * count);
    for (let i = 0; i < count; i++) {
      const share = step(i);
      for (let j = 0; j < values.length; j++) next[j * count + i] = values[j]! + share;
    }
    values = next;
  }
  return values;
}

/** Tables one behind the other. */
function joined(tables: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(tables.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const table of tables) {
    all.set(table, end);
    end += table.length;
  }
  return all;
}

/** A table whose last value is repeated up to a length. */
export function filledUp(table: Int32Array, length: number): Int32Array {
  const filled = new Int32Array(length).fill(table.at(-1) ?? 0);
  filled.set(table);
  return filled;
}

/** The tables of one kernel, one after the other, as the bytes that are laid in memory with it. */
export class OffsetTables {
  readonly #tables: Int32Array[] = [];
  #end = 0;

  /** Appends a table; returns its place in bytes. */
  add(table: Int32Array): number {
    const place = this.#end;
    this.#tables.push(table);
    this.#end += table.byteLength;
    return place;
  }
  /** What a kernel says of its tables. */
  get kept(): { readonly table?: Uint8Array } {
    return this.#end === 0 ? {} : { table: new Uint8Array(joined(this.#tables).buffer) };
  }
}
