import { isFloat } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import { type Shape, sameShape } from '../../graph/shape.ts';
import { showType, type Type } from '../../graph/type.ts';

/** The leading axes that x and `at` share, refused where they differ. */
export function sharedAxes(x: Type, at: Type, batch: number): Shape {
  if (at.dtype !== 'i32') fail('gather/dtype', `positions are ${showType(at)}`, 'make them i32.');
  if (!isFloat(x.dtype) && x.dtype !== 'i32')
    fail('gather/dtype', `x is ${showType(x)}`, 'cast it to f32, f64 or i32.');
  if (!Number.isSafeInteger(batch) || batch < 0)
    fail('gather/batch', `batch is ${String(batch)}`, 'give the number of leading axes that x and at share.');
  const lead = x.shape.slice(0, batch);
  if (lead.length < batch || !sameShape(lead, at.shape.slice(0, batch)))
    fail(
      'gather/batch',
      `x ${showType(x)} and at ${showType(at)} do not share ${batch} leading axes`,
      'make their leading axes equal, or lower batch.',
    );
  return lead;
}
