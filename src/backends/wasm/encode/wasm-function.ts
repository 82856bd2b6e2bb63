import { type Atomic, atomics } from './atomics.ts';
import { pushSigned, pushUnsigned } from './leb128.ts';
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

const floats = new DataView(new ArrayBuffer(8));

/**
 * One function's code, written in the order of the stack machine; every method returns the function, so that
 * instructions chain. Blocks take a callback for what stands inside.
 */
export class WasmFunction {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
  readonly #locals: ValueType[] = [];
  readonly #code: number[] = [];
  /** What runs before the code: constant vectors by their bytes. */
  readonly #constants = new Map<string, Local>();

  constructor(parameters: readonly ValueType[], results: readonly ValueType[] = []) {
    this.parameters = parameters;
    this.results = results;
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
    return this.#immediate(0x20, local);
  }
  set(local: Local): this {
    return this.#immediate(0x21, local);
  }
  tee(local: Local): this {
    return this.#immediate(0x22, local);
  }

  i32(value: number): this {
    this.#code.push(0x41);
    pushSigned(this.#code, value);
    return this;
  }
  /** A 64-bit integer that 32 bits can hold. */
  i64(value: number): this {
    this.#code.push(0x42);
    pushSigned(this.#code, value);
    return this;
  }
  f32(value: number): this {
    floats.setFloat32(0, value, true);
    this.#code.push(0x43, ...bytesOf(4));
    return this;
  }
  f64(value: number): this {
    floats.setFloat64(0, value, true);
    this.#code.push(0x44, ...bytesOf(8));
    return this;
  }
  /** Four equal 32-bit floats. */
  f32x4(value: number): this {
    floats.setFloat32(0, value, true);
    return this.#vector(repeated(bytesOf(4)));
  }
  /** Two equal 64-bit floats. */
  f64x2(value: number): this {
    floats.setFloat64(0, value, true);
    return this.#vector(repeated(bytesOf(8)));
  }
  /** Four equal 32-bit integers. */
  i32x4(value: number): this {
    floats.setInt32(0, value, true);
    return this.#vector(repeated(bytesOf(4)));
  }

  /** Four 32-bit integers. */
  i32Lanes(values: readonly number[]): this {
    const bytes = values.flatMap((value) => {
      floats.setInt32(0, value, true);
      return bytesOf(4);
    });
    return this.#vector(bytes);
  }

  /** An instruction without immediates. */
  op(name: Numeric): this {
    return this.#opcode(numeric[name]);
  }
  /** An instruction on one lane. */
  lane(name: LaneAccess, index: number): this {
    return this.#opcode(lanes[name], index);
  }
  /** Bytes of two vectors picked into one, by sixteen indices of which 16 and above mean the second. */
  shuffle(indices: readonly number[]): this {
    return this.#opcode(0xfd000d, ...indices);
  }
  /** A load or store at the address on the stack plus a fixed offset in bytes; no alignment is promised. */
  access(name: MemoryAccess, offset: number): this {
    this.#opcode(memory[name], 0);
    pushUnsigned(this.#code, offset);
    return this;
  }
  /** The same for one lane: the address lies below the vector on the stack. */
  laneAccess(name: MemoryLaneAccess, offset: number, lane: number): this {
    this.#opcode(memoryLanes[name], 0);
    pushUnsigned(this.#code, offset);
    this.#code.push(lane);
    return this;
  }
  /** Copies bytes: to, from and how many lie on the stack. */
  copyMemory(): this {
    return this.#opcode(0xfc000a, 0, 0);
  }
  /** Sets bytes: where, the byte and how many lie on the stack. */
  fillMemory(): this {
    return this.#opcode(0xfc000b, 0);
  }
  /** An instruction on 32 bits of shared memory, which lie on a multiple of four. */
  atomic(name: Atomic, offset: number): this {
    this.#opcode(atomics[name], 2);
    pushUnsigned(this.#code, offset);
    return this;
  }
  call(index: number): this {
    return this.#immediate(0x10, index);
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
    return this.#immediate(0x0c, depth);
  }
  branchIf(depth: number): this {
    return this.#immediate(0x0d, depth);
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

  /** The function's body as the module's code section wants it, without its size. */
  encode(): number[] {
    const bytes: number[] = [];
    pushUnsigned(bytes, this.#locals.length);
    for (const type of this.#locals) bytes.push(1, valueTypes[type]);
    for (const [constant, local] of this.#constants) {
      bytes.push(0xfd, 0x0c, ...constant.split(',').map(Number), 0x21);
      pushUnsigned(bytes, local);
    }
    return bytes.concat(this.#code, 0x0b);
  }

  /**
   * A constant vector. All zeros and all ones are one instruction; any other is held in a variable from the start: inside
   * a loop V8 puts it together anew in every round from Node 24 on, which costs more than the arithmetic.
   */
  #vector(bytes: readonly number[]): this {
    if (bytes.every((byte) => byte === 0) || bytes.every((byte) => byte === 255))
      return this.#opcode(0xfd000c, ...bytes);
    const key = bytes.join();
    const held = this.#constants.get(key) ?? this.local('v128');
    this.#constants.set(key, held);
    return this.get(held);
  }

  #immediate(opcode: number, value: number): this {
    this.#code.push(opcode);
    pushUnsigned(this.#code, value);
    return this;
  }
  #opcode(opcode: number, ...immediates: number[]): this {
    if (opcode < 0x100) this.#code.push(opcode);
    else {
      this.#code.push(opcode >>> 16);
      pushUnsigned(this.#code, opcode & 0xffff);
    }
    this.#code.push(...immediates);
    return this;
  }
  #nested(opcode: number, body: () => void): this {
    this.#code.push(opcode, 0x40);
    body();
    this.#code.push(0x0b);
    return this;
  }
}

/** Lanes until a vector is full. */
const repeated = (lane: readonly number[]): number[] => Array.from({ length: 16 }, (_, i) => lane[i % lane.length]!);

const bytesOf = (count: number): number[] => Array.from({ length: count }, (_, i) => floats.getUint8(i));
