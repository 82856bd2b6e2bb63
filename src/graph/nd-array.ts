import { allocate, type DType, type Storage } from './dtype.ts';
import { CotangentError } from './error.ts';
import { type Shape, sizeOf } from './shape.ts';
import { showType, type Type } from './type.ts';

/** Dense numbers in row-major order: what goes into an executable and comes out of it. Masks hold 0 and 1. */
export class NdArray<S extends Shape = Shape, D extends DType = DType> implements Type<S, D> {
  readonly dtype: D;
  readonly shape: S;
  readonly data: Storage[D];

  constructor(type: Type<S, D>, data: Storage[D]) {
    this.dtype = type.dtype;
    this.shape = type.shape;
    this.data = data;
  }

  /** The only element of a one-element array, as a number. */
  item(): number {
    if (this.data.length !== 1)
      throw new CotangentError({
        code: 'array/item',
        summary: `item() needs one element, ${showType(this)} has ${this.data.length}`,
        fix: 'read .data, or reduce the tensor to a scalar first.',
      });
    return this.data[0]!;
  }

  /** `f64[1,1,2]{0.125, -3}`, cut after 12 elements; also how fast-check prints counterexamples. */
  toString(): string {
    const shown = Array.from(this.data.subarray(0, 12), String).join(', ');
    return `${showType(this)}{${shown}${this.data.length > 12 ? ', …' : ''}}`;
  }
}

// fast-check's hook for printing a counterexample. Not a member: isolated declarations cannot name a foreign symbol.
Object.defineProperty(NdArray.prototype, Symbol.for('fast-check/toStringMethod'), {
  value: NdArray.prototype.toString,
});

/**
 * An array of the given type; zeros unless values are given.
 *
 * @throws CotangentError `array/length` when the number of values is not the type's number of elements.
 */
export function array<const S extends Shape, D extends DType>(
  type: Type<S, D>,
  values?: ArrayLike<number>,
): NdArray<S, D> {
  const length = sizeOf(type.shape);
  if (values !== undefined && values.length !== length)
    throw new CotangentError({
      code: 'array/length',
      summary: `${showType(type)} holds ${length} elements, ${values.length} given`,
      fix: 'give as many values as the product of the dimensions, in row-major order.',
    });
  const data = allocate(type.dtype, length);
  if (values !== undefined) data.set(values);
  return new NdArray({ dtype: type.dtype, shape: type.shape }, data);
}
