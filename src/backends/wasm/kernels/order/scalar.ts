import type { DType } from '../../../../graph/dtype.ts';
import type { MemoryAccess, ValueType } from '../../encode/opcodes.ts';
import type { Local, WasmFunction } from '../../encode/wasm-function.ts';

/** How single elements of a dtype are held and compared. */
export interface Scalar {
  readonly type: ValueType;
  readonly load: MemoryAccess;
  /** Leaves 1 on the stack if a stands above b, in the order in which NaN stands above all numbers and level with itself. */
  above(f: WasmFunction, a: Local, b: Local): void;
}

const integer = (load: MemoryAccess): Scalar => ({
  type: 'i32',
  load,
  above: (f, a, b) => void f.get(a).get(b).op('i32.gt_s'),
});

const float = (type: 'f32' | 'f64'): Scalar => ({
  type,
  load: `${type}.load`,
  // What is not ≤ is greater or not a number.
  above: (f, a, b) => void f.get(a).get(b).op(`${type}.le`).op('i32.eqz').get(b).get(b).op(`${type}.eq`).op('i32.and'),
});

export const scalarOf: { readonly [D in DType]: Scalar } = {
  f32: float('f32'),
  f64: float('f64'),
  i32: integer('i32.load'),
  bool: integer('i32.load8_u'),
};
