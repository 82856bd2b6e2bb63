import { bytesPerElement } from '../../../../graph/dtype.ts';
import { sizeOf } from '../../../../graph/shape.ts';
import type { GatherAttributes } from '../../../../ops/window/gather.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode, KernelFor, Placement } from '../kernel.ts';
import { checkPosition } from './check-position.ts';
import { nestPieces } from './nest-pieces.ts';

/** Values at positions. */
export const gatherKernel: KernelFor = (node, { x, at }) => {
  const { batch } = node.attributes as GatherAttributes;
  const size = sizeOf(x!.shape.slice(batch));
  const reads = sizeOf(at!.shape.slice(batch));
  const blocks = sizeOf(at!.shape.slice(0, batch));
  const bytes = bytesPerElement[x!.dtype];
  const [load, store] =
    x!.dtype === 'f64'
      ? (['f64.load', 'f64.store'] as const)
      : x!.dtype === 'f32'
        ? (['f32.load', 'f32.store'] as const)
        : (['i32.load', 'i32.store'] as const);
  const run = (code: KernelCode, { inputs, output }: Placement): void => {
    const { f } = code;
    const position = f.local('i32');
    const steps = { block: [size * bytes, reads * 4, reads * bytes], element: [0, 4, bytes] };
    const bases = [inputs.x!.address, inputs.at!.address, output.address];
    nestPieces(code, blocks, reads, steps, bases, ([x, at, y]: readonly Local[]) => {
      f.get(at!).access('i32.load', 0).set(position);
      checkPosition(code, position, size);
      // Without a branch: −1 reads the first element and takes 0 in its place.
      f.get(y!);
      f.get(position).i32(0).get(position).i32(0).op('i32.gt_s').op('select');
      f.i32(bytes).op('i32.mul').get(x!).op('i32.add').access(load, 0);
      if (load === 'i32.load') f.i32(0);
      else if (load === 'f32.load') f.f32(0);
      else f.f64(0);
      f.get(position).i32(0).op('i32.ge_s').op('select').access(store, 0);
    });
  };
  return { name: 'gather', phases: [run] };
};
