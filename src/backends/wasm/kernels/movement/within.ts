import { bytesPerElement } from '../../../../graph/dtype.ts';
import { sizeOf } from '../../../../graph/shape.ts';
import type { WithinAttributes } from '../../../../ops/control/within.ts';
import type { KernelFor } from '../kernel.ts';
import { nestPieces } from '../window/nest-pieces.ts';

/** A copy that refuses values outside the bounds. */
export const withinKernel: KernelFor = ({ type: { dtype, shape }, attributes }) => {
  const { low, high } = attributes as WithinAttributes;
  const bytes = bytesPerElement[dtype];
  return {
    name: 'within',
    phases: [
      (code, { inputs, output }) => {
        const { f } = code;
        const steps = { block: [0, 0], element: [bytes, bytes] };
        const value = f.local('f64');
        nestPieces(code, 1, sizeOf(shape), steps, [inputs.x!.address, output.address], ([x, y]) => {
          f.get(x!);
          if (dtype === 'f64') f.access('f64.load', 0);
          else if (dtype === 'f32') f.access('f32.load', 0).op('f64.promote_f32');
          else f.access('i32.load', 0).op('f64.convert_i32_s');
          f.tee(value).f64(low).op('f64.ge').get(value).f64(high).op('f64.le').op('i32.and').op('i32.eqz');
          f.when(code.refuse);
          if (dtype === 'f64') f.get(y!).get(value).access('f64.store', 0);
          else f.get(y!).get(x!).access('i32.load', 0).access('i32.store', 0);
        });
      },
    ],
  };
};
