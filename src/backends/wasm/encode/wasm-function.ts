import { type Atomic, atomics } from './atomics.ts';
import { Bytes } from './bytes.ts';
import {
  type LaneAccess,
  lanes,
  type MemoryAccess,
  type MemoryLaneAccess,
  memory,
  memoryLanes,
  type Numeric,
  numeric,
  type ValueType,
  valueTypes,
} from './opcodes.ts';

/** A local variable or parameter, by its index. */
export type Local = number & { readonly local: true };

/** As many locals as said. */
type Locals<N extends number, T extends Local[] = []> = T['length'] extends N ? T : Locals<N, [...T, Local]>;

/** A number known when the code is made, or a local that holds it. */
export type Bound = number | { readonly local: Local };

/** The parts of a constant vector: four times 32 bits. */
type Words = readonly number[];

const scratch = new DataView(new ArrayBuffer(8));

/**
 * One function's code, written in the order of the stack machine; every method returns the function, so that
 * instructions chain. Blocks take a callback for what stands inside.
 */
export class WasmFunction {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
  readonly #locals: ValueType[] = [];
  readonly #code: Bytes;
  /** What runs before the code: constant vectors, by their words. */
  readonly #constants = new Map<string, { readonly words: Words; readonly local: Local }>();

  /** Code is written into `room`, which may serve again once the function is in its module. */
  constructor(parameters: readonly ValueType[], results: readonly ValueType[] = [], room: Bytes = new Bytes()) {
    this.parameters = parameters;
    this.results = results;
    this.#code = room.clear();
  }

  parameter(index: number): Local {
    return index as Local;
  }

  /** A new local variable, zero at first. */
  local(type: ValueType): Local {
    this.#locals.push(type);
    return (this.parameters.length + this.#locals.length - 1) as Local;
  }

  /** Several new local variables of one type, to be taken apart by name. */
  locals<const N extends number>(type: ValueType, count: N): Locals<N> {
    return Array.from({ length: count }, () => this.local(type)) as Locals<N>;
  }

  get(local: Local): this {
    this.#code.byte(0x20).unsigned(local);
    return this;
  }
  set(local: Local): this {
    this.#code.byte(0x21).unsigned(local);
    return this;
  }
  tee(local: Local): this {
    this.#code.byte(0x22).unsigned(local);
    return this;
  }

  i32(value: number): this {
    this.#code.byte(0x41).signed(value);
    return this;
  }
  /** A 64-bit integer that 32 bits can hold. */
  i64(value: number): this {
    this.#code.byte(0x42).signed(value);
    return this;
  }
  f32(value: number): this {
    scratch.setFloat32(0, value, true);
    this.#code.byte(0x43).word(scratch.getInt32(0, true));
    return this;
  }
  f64(value: number): this {
    scratch.setFloat64(0, value, true);
    this.#code.byte(0x44).word(scratch.getInt32(0, true)).word(scratch.getInt32(4, true));
    return this;
  }
  /** Four equal 32-bit floats. */
  f32x4(value: number): this {
    scratch.setFloat32(0, value, true);
    return this.i32x4(scratch.getInt32(0, true));
  }
  /** Two equal 64-bit floats. */
  f64x2(value: number): this {
    scratch.setFloat64(0, value, true);
    const [low, high] = [scratch.getInt32(0, true), scratch.getInt32(4, true)];
    return this.i32Lanes([low, high, low, high]);
  }
  /** Four equal 32-bit integers. */
  i32x4(value: number): this {
    return this.i32Lanes([value, value, value, value]);
  }

  /**
   * Four 32-bit integers. All zeros and all ones are one instruction; any other vector is held in a variable from the
   * start: inside a loop V8 puts it together anew in every round from Node 24 on, which costs more than the arithmetic.
   */
  i32Lanes(words: Words): this {
    const [first] = words;
    if ((first === 0 || first === -1) && words.every((word) => word === first)) {
      vector(this.#code, words);
      return this;
    }
    const key = words.join();
    const held = this.#constants.get(key)?.local ?? this.local('v128');
    this.#constants.set(key, { words, local: held });
    return this.get(held);
  }

  /** An instruction without immediates. */
  op(name: Numeric): this {
    this.#code.opcode(numeric[name]);
    return this;
  }
  /** An instruction on one lane. */
  lane(name: LaneAccess, index: number): this {
    this.#code.opcode(lanes[name]).byte(index);
    return this;
  }
  /** Bytes of two vectors picked into one, by sixteen indices of which 16 and above mean the second. */
  shuffle(indices: readonly number[]): this {
    this.#code.opcode(0xfd000d).append(indices);
    return this;
  }
  /** A load or store at the address on the stack plus a fixed offset in bytes; no alignment is promised. */
  access(name: MemoryAccess, offset: number): this {
    this.#code.opcode(memory[name]).byte(0).unsigned(offset);
    return this;
  }
  /** The same for one lane: the address lies below the vector on the stack. */
  laneAccess(name: MemoryLaneAccess, offset: number, lane: number): this {
    this.#code.opcode(memoryLanes[name]).byte(0).unsigned(offset).byte(lane);
    return this;
  }
  /** Copies bytes: to, from and how many lie on the stack. */
  copyMemory(): this {
    this.#code.opcode(0xfc000a).byte(0).byte(0);
    return this;
  }
  /** Sets bytes: where, the byte and how many lie on the stack. */
  fillMemory(): this {
    this.#code.opcode(0xfc000b).byte(0);
    return this;
  }
  /** An instruction on 32 bits of shared memory, which lie on a multiple of four. */
  atomic(name: Atomic, offset: number): this {
    this.#code.opcode(atomics[name]).byte(2).unsigned(offset);
    return this;
  }
  call(index: number): this {
    this.#code.byte(0x10).unsigned(index);
    return this;
  }

  /** `branch(0)` inside leaves it. */
  block(body: () => void): this {
    return this.#nested(0x02, body);
  }
  /** `branch(0)` inside starts it again. */
  loop(body: () => void): this {
    return this.#nested(0x03, body);
  }
  /** Runs `body` if the integer on the stack is not zero. */
  when(body: () => void): this {
    return this.#nested(0x04, body);
  }
  branch(depth: number): this {
    this.#code.byte(0x0c).unsigned(depth);
    return this;
  }
  branchIf(depth: number): this {
    this.#code.byte(0x0d).unsigned(depth);
    return this;
  }

  push(bound: Bound): this {
    return typeof bound === 'number' ? this.i32(bound) : this.get(bound.local);
  }

  /**
   * Counts `counter` from `from` in steps of `step` while it is below `below`. Nothing runs where there is nothing to
   * count, which is decided here where both ends are known.
   */
  count(counter: Local, from: Bound, below: Bound, step: number, body: () => void): this {
    const known = typeof from === 'number' && typeof below === 'number';
    if (known && from >= below) return this;
    this.push(from).set(counter);
    const rounds = (): void => {
      this.loop(() => {
        body();
        this.get(counter).i32(step).op('i32.add').tee(counter).push(below).op('i32.lt_s').branchIf(0);
      });
    };
    if (known) rounds();
    else this.get(counter).push(below).op('i32.lt_s').when(rounds);
    return this;
  }

  /** Appends the function's body with its size, as the module's code section wants it. */
  encode(section: Bytes): void {
    const runs: { readonly type: ValueType; count: number }[] = [];
    for (const type of this.#locals) {
      const last = runs.at(-1);
      if (last?.type === type) last.count += 1;
      else runs.push({ type, count: 1 });
    }
    const head = new Bytes(64).unsigned(runs.length);
    for (const { type, count } of runs) head.unsigned(count).byte(valueTypes[type]);
    for (const { words, local } of this.#constants.values()) vector(head, words).byte(0x21).unsigned(local);
    const size = head.length + this.#code.length + 1;
    section.unsigned(size).append(head.written).append(this.#code.written).byte(0x0b);
  }

  #nested(opcode: number, body: () => void): this {
    this.#code.byte(opcode).byte(0x40);
    body();
    this.#code.byte(0x0b);
    return this;
  }
}

function vector(bytes: Bytes, words: Words): Bytes {
  bytes.opcode(0xfd000c);
  for (const word of words) bytes.word(word);
  return bytes;
}
