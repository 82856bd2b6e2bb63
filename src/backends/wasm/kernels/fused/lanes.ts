import type { DType } from '../../../../graph/dtype.ts';
import type { Numeric } from '../../encode/opcodes.ts';
import type { Local, WasmFunction } from '../../encode/wasm-function.ts';
import type { Foreign } from '../foreign.ts';

/** How a dtype's vectors are called in instructions; masks are integers. */
export const shapes = { f64: 'f64x2', f32: 'f32x4', i32: 'i32x4' } as const;
export type NumberType = keyof typeof shapes;

/**
 * Code for several elements at once, each value a vector. With 4 elements every lane has 32 bits; with 2, as soon as a
 * float64 takes part, floats64 and masks have lanes of 64 bits and the others lie in the two low lanes of 32.
 * A mask's lane is all ones or all zeros.
 */
export class Lanes {
  readonly f: WasmFunction;
  readonly width: 2 | 4;
  readonly foreign: (name: Foreign) => number;

  constructor(f: WasmFunction, width: 2 | 4, foreign: (name: Foreign) => number) {
    this.f = f;
    this.width = width;
    this.foreign = foreign;
  }

  /** Pushes a number in all lanes. */
  constant(dtype: NumberType, value: number): this {
    if (dtype === 'f64') this.f.f64x2(value);
    else if (dtype === 'f32') this.f.f32x4(value);
    else this.f.i32x4(value);
    return this;
  }

  /** Pushes a number or mask in all lanes. */
  uniform(dtype: DType, value: number): this {
    return dtype === 'bool' ? this.constant('i32', value === 0 ? 0 : -1) : this.constant(dtype, value);
  }

  op(...names: readonly Numeric[]): this {
    for (const name of names) this.f.op(name);
    return this;
  }

  /** Moves what is on the stack to a new variable. */
  keep(): Local {
    const local = this.f.local('v128');
    this.f.set(local);
    return local;
  }

  get(...locals: readonly Local[]): this {
    for (const local of locals) this.f.get(local);
    return this;
  }

  /** From lanes of 32 bits to the mask's form, after comparing values of this dtype. */
  maskOf(dtype: DType): this {
    return this.width === 2 && dtype !== 'f64' && dtype !== 'bool' ? this.op('i64x2.extend_low_i32x4_s') : this;
  }

  /** From the mask's form to lanes as values of this dtype have them. */
  maskFor(dtype: DType): this {
    if (this.width === 4 || dtype === 'f64' || dtype === 'bool') return this;
    const mask = this.keep();
    this.get(mask, mask).f.shuffle([0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11]);
    return this;
  }
}
