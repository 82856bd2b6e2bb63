import type { Numeric } from '../../../encode/opcodes.ts';
import type { Local } from '../../../encode/wasm-function.ts';
import type { Lanes } from '../lanes.ts';

/** A vector in a variable, or a number in all lanes. */
export type Term = { readonly local: Local } | number;

type Binary = 'add' | 'sub' | 'mul' | 'div' | 'pmin' | 'pmax' | 'lt' | 'gt' | 'eq' | 'ge';
type Unary = 'abs' | 'neg' | 'floor' | 'trunc' | 'nearest' | 'sqrt';

/** Writes formulas of floats in one shape; each result is a variable of its own, so that formulas read like formulas. */
export class Formula {
  readonly lanes: Lanes;
  readonly dtype: 'f32' | 'f64';

  constructor(lanes: Lanes, dtype: 'f32' | 'f64') {
    this.lanes = lanes;
    this.dtype = dtype;
  }

  /** Takes the vector from the stack. */
  take(): Term {
    return { local: this.lanes.keep() };
  }
  push(x: Term): this {
    if (typeof x === 'number') this.lanes.constant(this.dtype, x);
    else this.lanes.get(x.local);
    return this;
  }

  of(name: Binary, a: Term, b: Term): Term {
    return this.push(a)
      .push(b)
      .#op(`${this.#shape}.${name}` as Numeric);
  }
  one(name: Unary, x: Term): Term {
    return this.push(x).#op(`${this.#shape}.${name}` as Numeric);
  }
  /** An instruction on bits or integers. */
  bits(name: Numeric, ...operands: readonly Term[]): Term {
    for (const operand of operands) this.push(operand);
    return this.#op(name);
  }
  /** A shift of integer lanes. */
  shift(name: Numeric, x: Term, by: number): Term {
    this.push(x).lanes.f.i32(by);
    return this.#op(name);
  }
  /** The 32-bit integer in all lanes. */
  integer(value: number): Term {
    this.lanes.constant('i32', value);
    return this.take();
  }

  add(a: Term, ...more: readonly Term[]): Term {
    return more.reduce((sum, b) => this.of('add', sum, b), a);
  }
  sub(a: Term, b: Term): Term {
    return this.of('sub', a, b);
  }
  mul(a: Term, b: Term): Term {
    return this.of('mul', a, b);
  }
  div(a: Term, b: Term): Term {
    return this.of('div', a, b);
  }
  /** Where the mask holds `a`, elsewhere `b`. */
  choose(mask: Term, a: Term, b: Term): Term {
    return this.bits('v128.bitselect', a, b, mask);
  }
  /** c₀ + c₁x + c₂x² + …. */
  polynomial(x: Term, coefficients: readonly number[]): Term {
    return coefficients.slice(0, -1).reduceRight<Term>((sum, c) => this.add(c, this.mul(x, sum)), coefficients.at(-1)!);
  }
  /** Size of a, sign of b. */
  copySign(a: Term, b: Term): Term {
    return this.bits('v128.or', a, this.bits('v128.and', b, -0));
  }

  get #shape(): 'f32x4' | 'f64x2' {
    return this.dtype === 'f32' ? 'f32x4' : 'f64x2';
  }
  #op(name: Numeric): Term {
    this.lanes.op(name);
    return this.take();
  }
}
