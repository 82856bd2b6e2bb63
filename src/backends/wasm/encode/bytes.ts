const text = new TextEncoder();

/** What one instruction takes at most. */
const spare = 32;

/**
 * Bytes that grow at the end, in the forms that WebAssembly knows. Programs have hundreds of kilobytes, written byte by
 * byte before anything could be compiled for speed: so each method makes room once and then writes.
 */
export class Bytes {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(capacity: number = 256) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** Forgets what was written and keeps the room. */
  clear(): this {
    this.#length = 0;
    return this;
  }

  /** What was written so far, without a copy. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  byte(value: number): this {
    if (this.#length + spare > this.#bytes.length) this.#grow(spare);
    this.#bytes[this.#length++] = value;
    return this;
  }

  /** An instruction as in `opcodes.ts`: one byte, or `prefix << 16 | number`. */
  opcode(opcode: number): this {
    if (this.#length + spare > this.#bytes.length) this.#grow(spare);
    const bytes = this.#bytes;
    if (opcode >= 0x100) {
      bytes[this.#length++] = opcode >>> 16;
      const number = opcode & 0xffff;
      if (number >= 0x80) {
        bytes[this.#length++] = (number & 0x7f) | 0x80;
        bytes[this.#length++] = number >>> 7;
      } else bytes[this.#length++] = number;
    } else bytes[this.#length++] = opcode;
    return this;
  }

  /**
   * An unsigned integer below 2³² in LEB128, WebAssembly's form of sizes and indices.
   *
   * @throws RangeError for any other number: a negative distance written as it is would read elsewhere.
   */
  unsigned(value: number): this {
    if (!(value >= 0 && value < 2 ** 32)) throw new RangeError(`${value} is no unsigned integer of 32 bits`);
    if (this.#length + spare > this.#bytes.length) this.#grow(spare);
    const bytes = this.#bytes;
    let rest = value;
    while (rest >= 0x80) {
      bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[this.#length++] = rest;
    return this;
  }

  /** A signed 32-bit integer in LEB128, WebAssembly's form of constants. */
  signed(value: number): this {
    if (this.#length + spare > this.#bytes.length) this.#grow(spare);
    const bytes = this.#bytes;
    let rest = value | 0;
    while (rest >= 0x40 || rest < -0x40) {
      bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>= 7;
    }
    bytes[this.#length++] = rest & 0x7f;
    return this;
  }

  /** 32 bits, the lowest byte first. */
  word(value: number): this {
    if (this.#length + spare > this.#bytes.length) this.#grow(spare);
    const bytes = this.#bytes;
    bytes[this.#length++] = value;
    bytes[this.#length++] = value >>> 8;
    bytes[this.#length++] = value >>> 16;
    bytes[this.#length++] = value >>> 24;
    return this;
  }

  /** A string with its length, in UTF-8. */
  name(name: string): this {
    const bytes = text.encode(name);
    return this.unsigned(bytes.length).append(bytes);
  }

  append(bytes: ArrayLike<number>): this {
    if (this.#length + bytes.length > this.#bytes.length) this.#grow(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** Bytes with their number before them. */
  sized({ written }: Bytes): this {
    return this.unsigned(written.length).append(written);
  }

  #grow(more: number): void {
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
