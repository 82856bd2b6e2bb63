import { sizeOf } from '../../../../graph/shape.ts';
import type { DftAttributes } from '../../../../ops/spectral/dft.ts';
import { needsDetour } from '../../../../ops/spectral/fourier-plan.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode, KernelFor, Placement } from '../kernel.ts';
import { nest } from '../nest.ts';
import { detouring } from './detouring.ts';
import { direct } from './direct.ts';
import type { Ends } from './line.ts';
import { Tables } from './tables.ts';

/** Complex Fourier transforms along an axis in float64, with the reference's own operations in their order. */
export const dftKernel: KernelFor = ({ type, attributes }) => {
  const { axis, inverse } = attributes as DftAttributes;
  const { dtype, shape } = type;
  const n = shape[axis]!;
  const [outer, inner] = [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis + 1, -1))];
  if (sizeOf(shape) === 0) return { name: 'dft', phases: [() => {}] };
  const tables = new Tables();
  const line = needsDetour(n) ? detouring(n, inverse ? 1 : -1, tables) : direct(n, inverse ? 1 : -1, tables);
  const pair = dtype === 'f64' ? 16 : 8;

  const run = (code: KernelCode, { inputs, output, scratch, table }: Placement): void => {
    const { f } = code;
    const lines = { size: outer, steps: [n * inner * pair, n * inner * pair, inner * line.scratch] };
    const beside = { size: inner, steps: [pair, pair, line.scratch] };
    const [j, pointer] = f.locals('i32', 2);
    const number = f.local('v128');
    nest(code, [lines, beside], [inputs.x!.address, output.address, scratch], (pointers) => {
      const [x, y, work] = pointers as [Local, Local, Local];
      const along = (from: Local, body: () => void): void => {
        f.get(from).set(pointer);
        f.count(j, 0, n, 1, () => {
          body();
          f.get(pointer)
            .i32(inner * pair)
            .op('i32.add')
            .set(pointer);
        });
      };
      const ends: Ends = {
        read: (body): void =>
          along(x, () => {
            if (dtype === 'f64') f.get(pointer).access('v128.load', 0);
            else f.get(pointer).access('v128.load64_zero', 0).op('f64x2.promote_low_f32x4');
            f.set(number);
            body(number, j);
          }),
        write: (value): void =>
          along(y, () => {
            value(j);
            f.set(number).get(pointer).get(number);
            if (dtype === 'f64') f.access('v128.store', 0);
            else f.op('f32x4.demote_f64x2_zero').laneAccess('v128.store64_lane', 0, 0);
          }),
      };
      line.emit(f, ends, work, table);
    });
  };
  return { name: line.name, scratch: outer * inner * line.scratch, table: tables.bytes, phases: [run] };
};
