/** A stretch of the arena, in bytes. */
export interface Block {
  readonly address: number;
  readonly bytes: number;
}

/** How much memory is needed from when to when, by a clock that goes on whenever something is allocated or released. */
export interface Lifetime {
  readonly bytes: number;
  /** The first moment. */
  readonly from: number;
  /** The first moment at which it is needed no longer. */
  to: number;
}

/** Cache lines, so that no two threads write to one; also the widest load of any kernel. */
export const alignment = 64;

/** Kernels work in whole vectors, so they may read and write this far behind a buffer's last element. */
const slack = 64;

/** Bytes that a buffer takes. */
export const placeFor = (bytes: number): number => Math.ceil((bytes + slack) / alignment) * alignment;

/**
 * Hands out addresses of one memory while a program is planned; nothing is allocated when the program runs. A first
 * arena gives each block a place of its own and notes how long it is needed. Once all that is known the places are packed,
 * and a second one hands them out to the same requests in the same order.
 */
export class Arena {
  readonly #lifetimes: Lifetime[] = [];
  readonly #open = new Map<Block, Lifetime>();
  readonly #start: number;
  readonly #places: readonly number[] | undefined;
  #end: number;
  #clock = 0;
  #live = 0;
  #peak = 0;
  #requested = 0;

  /**
   * @param start where addresses begin; 0 is kept out of use, so that it can mean none
   * @param places where each block is to lie behind that, in the order of the requests
   */
  constructor(start: number = alignment, places?: readonly number[]) {
    this.#start = start;
    this.#places = places;
    this.#end = start;
  }

  /** The first address behind everything. */
  get end(): number {
    return this.#end;
  }
  /** Bytes in use now. */
  get live(): number {
    return this.#live;
  }
  /** Bytes in use at the widest moment. */
  get peak(): number {
    return this.#peak;
  }
  /** Bytes that would be in use if nothing ever served again. */
  get requested(): number {
    return this.#requested;
  }
  /** What was asked for, in the order of the requests. */
  get lifetimes(): readonly Lifetime[] {
    return this.#lifetimes;
  }

  allocate(bytes: number): Block {
    const size = placeFor(bytes);
    const place = this.#places?.[this.#lifetimes.length];
    const block = { address: place === undefined ? this.#end : this.#start + place, bytes: size };
    const lifetime = { bytes: size, from: this.#clock++, to: Number.POSITIVE_INFINITY };
    this.#lifetimes.push(lifetime);
    this.#open.set(block, lifetime);
    this.#end = Math.max(this.#end, block.address + size);
    this.#requested += size;
    this.#live += size;
    this.#peak = Math.max(this.#peak, this.#live);
    return block;
  }

  /** From now on the block's memory may serve others. */
  release(block: Block): void {
    this.#live -= block.bytes;
    this.#open.get(block)!.to = this.#clock++;
    this.#open.delete(block);
  }
}
