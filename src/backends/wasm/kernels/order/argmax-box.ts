import { bytesPerElement } from '../../../../graph/dtype.ts';
import { sizeOf, stridesOf } from '../../../../graph/shape.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode, KernelFor, Placement } from '../kernel.ts';
import { nest } from '../nest.ts';
import { scalarOf } from './scalar.ts';

/** Positions of maxima in boxes: boxes and channels are shared out, a box's bounds are read and cut off for each. */
export const argmaxBoxKernel: KernelFor = (_, { x, box }) => {
  const [images, channels, ...size] = x!.shape as readonly [number, number, ...number[]];
  const [boxes, width] = box!.shape as readonly [number, number];
  const { type, load, above } = scalarOf[x!.dtype];
  const bytes = bytesPerElement[x!.dtype];
  const plane = sizeOf(size);
  const strides = stridesOf(size);

  const run = (code: KernelCode, { inputs, output }: Placement): void => {
    const { f, refuse } = code;
    const image = f.local('i32');
    const readImage = (bounds: Local): void => {
      f.get(bounds).access('i32.load', 0).tee(image).i32(images).op('i32.ge_u').when(refuse);
    };
    if (channels === 0)
      nest(code, [{ size: boxes, steps: [width * 4] }], [inputs.box!.address], ([bounds]) => readImage(bounds!));
    const [base, best] = f.locals('i32', 2);
    const [next, greatest] = f.locals(type, 2);
    const axes = size.map((length) => ({ length, locals: f.locals('i32', 4) }));
    const boxAxis = { size: boxes, steps: [width * 4, channels * 4, 0] };
    const channelAxis = { size: channels, steps: [0, 4, 1] };
    nest(code, [boxAxis, channelAxis], [inputs.box!.address, output.address, 0], ([bounds, y, channel]) => {
      readImage(bounds!);
      f.get(image).i32(channels).op('i32.mul').get(channel!).op('i32.add').i32(plane).op('i32.mul').set(base);
      f.i32(-1).set(best);
      for (const [
        k,
        {
          length,
          locals: [from, below],
        },
      ] of axes.entries()) {
        const clamped = (offset: number, to: Local): void => {
          f.get(bounds!).access('i32.load', offset).set(to);
          f.get(to).i32(0).get(to).i32(0).op('i32.gt_s').op('select').set(to);
          f.get(to).i32(length).get(to).i32(length).op('i32.lt_s').op('select').set(to);
        };
        clamped(4 + 8 * k, from);
        clamped(8 + 8 * k, below);
      }
      const walk = (k: number, place: Local): void => {
        const axis = axes[k];
        if (axis === undefined) {
          f.get(place).i32(bytes).op('i32.mul').i32(inputs.x!.address).op('i32.add').access(load, 0).set(next);
          above(f, next, greatest);
          f.get(best).i32(0).op('i32.lt_s').op('i32.or');
          f.when(() => f.get(next).set(greatest).get(place).set(best));
          return;
        }
        const [from, below, counter, inside] = axis.locals;
        f.count(counter, { local: from }, { local: below }, 1, () => {
          f.get(counter).i32(strides[k]!).op('i32.mul').get(place).op('i32.add').set(inside);
          walk(k + 1, inside);
        });
      };
      walk(0, base);
      f.get(y!).get(best).access('i32.store', 0);
    });
  };
  return { name: 'argmaxBox', phases: [run] };
};
