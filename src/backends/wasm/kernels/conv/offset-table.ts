/** One loop of a table: how many entries, and what each adds to the value. */
export interface TableAxis {
  readonly count: number;
  readonly step: (i: number) => number;
}

/** Loops inside one another, the last fastest: the sums of `base` and every axis's share. */
export function offsetTable(base: number, axes: readonly TableAxis[]): number[] {
  let values = [base];
  for (const { count, step } of axes) {
    const shares = Array.from({ length: count }, (_, i) => step(i));
    values = values.flatMap((value) => shares.map((share) => value + share));
  }
  return values;
}

/** The tables of one kernel, one after the other, as the bytes that are laid in memory with it. */
export class OffsetTables {
  readonly #values: number[] = [];

  /** Appends a table; returns its place in bytes. */
  add(values: readonly number[]): number {
    const place = 4 * this.#values.length;
    for (const value of values) this.#values.push(value);
    return place;
  }
  /** What a kernel says of its tables. */
  get kept(): { readonly table?: Uint8Array } {
    return this.#values.length === 0 ? {} : { table: new Uint8Array(Int32Array.from(this.#values).buffer) };
  }
}
