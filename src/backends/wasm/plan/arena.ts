/** A stretch of the arena, in bytes. */
export interface Block {
  readonly address: number;
  readonly bytes: number;
}

/** Cache lines, so that no two threads write to one; also the widest load of any kernel. */
const alignment = 64;

/** Kernels work in whole vectors, so they may read and write this far behind a buffer's last element. */
const slack = 64;

/**
 * Hands out addresses of one memory while a program is planned: what is freed serves again. Nothing is allocated when
 * the program runs.
 */
export class Arena {
  readonly #free: Block[] = [];
  #end: number;
  #live = 0;
  #peak = 0;
  #requested = 0;

  /** Addresses begin at `start`; 0 is kept out of use, so that it can mean none. */
  constructor(start: number = alignment) {
    this.#end = start;
  }

  /** The first address behind everything. */
  get end(): number {
    return this.#end;
  }
  /** Bytes in use at the widest moment. */
  get peak(): number {
    return this.#peak;
  }
  /** Bytes that would be in use if nothing ever served again. */
  get requested(): number {
    return this.#requested;
  }

  /** The smallest free block that fits, or memory at the end. */
  allocate(bytes: number): Block {
    const size = Math.ceil((bytes + slack) / alignment) * alignment;
    this.#requested += size;
    this.#live += size;
    this.#peak = Math.max(this.#peak, this.#live);
    let best = -1;
    for (const [i, block] of this.#free.entries())
      if (block.bytes >= size && (best < 0 || block.bytes < this.#free[best]!.bytes)) best = i;
    if (best < 0) {
      const last = this.#free.at(-1);
      // What is free at the very end only has to be made longer.
      const grows = last !== undefined && last.address + last.bytes === this.#end;
      const address = grows ? last.address : this.#end;
      if (grows) this.#free.pop();
      this.#end = address + size;
      return { address, bytes: size };
    }
    const [block] = this.#free.splice(best, 1);
    const rest = block!.bytes - size;
    if (rest > 0) this.#insert({ address: block!.address + size, bytes: rest });
    return { address: block!.address, bytes: size };
  }

  /** Gives a block back; neighbours grow together. */
  release(block: Block): void {
    this.#live -= block.bytes;
    this.#insert(block);
  }

  #insert(block: Block): void {
    let at = this.#free.findIndex(({ address }) => address > block.address);
    if (at < 0) at = this.#free.length;
    const before = this.#free[at - 1];
    const after = this.#free[at];
    let { address, bytes } = block;
    let first = at;
    let count = 0;
    if (before !== undefined && before.address + before.bytes === address) {
      address = before.address;
      bytes += before.bytes;
      first -= 1;
      count += 1;
    }
    if (after !== undefined && block.address + block.bytes === after.address) {
      bytes += after.bytes;
      count += 1;
    }
    this.#free.splice(first, count, { address, bytes });
  }
}
