/** Hands out one stretch of scratch memory in parts, each at the beginning of a cache line. */
export class Layout {
  #end = 0;

  /** Offset of a new part. */
  add(bytes: number): number {
    const offset = this.#end;
    this.#end += Math.ceil(bytes / 64) * 64;
    return offset;
  }
  get bytes(): number {
    return this.#end;
  }
}
