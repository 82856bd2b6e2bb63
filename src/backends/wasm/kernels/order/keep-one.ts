import { bytesPerElement } from '../../../../graph/dtype.ts';
import { sizeOf } from '../../../../graph/shape.ts';
import type { KeepOneAttributes } from '../../../../ops/window/keep-one.ts';
import type { KernelCode, KernelFor, Placement } from '../kernel.ts';
import { nest } from '../nest.ts';
import { scalarOf } from './scalar.ts';

/** Knuth's multiplier: neighbouring positions fall far apart. */
const multiplier = 0x9e3779b1 | 0;

/** Who keeps a position that several share: one pass with a hash table of holders per block, its slots their indices. */
export const keepOneKernel: KernelFor = ({ attributes }, { x, at }) => {
  const { batch, rule } = attributes as KeepOneAttributes;
  const { type, load, above } = scalarOf[x!.dtype];
  const bytes = bytesPerElement[x!.dtype];
  const size = sizeOf(at!.shape.slice(batch));
  const blocks = sizeOf(at!.shape.slice(0, batch));
  // At most half full, so that a free slot is never far.
  const bits = Math.max(1, Math.ceil(Math.log2(2 * Math.max(1, size))));
  const tableBytes = 4 * 2 ** bits;

  const run = (code: KernelCode, { inputs, output, scratch }: Placement): void => {
    if (size === 0) return;
    const { f, refuse } = code;
    const [i, position, slot, holder, loser] = f.locals('i32', 5);
    const [next, held] = f.locals(type, 2);
    const block = { size: blocks, steps: [size * bytes, size * 4, size * 4, tableBytes] };
    const bases = [inputs.x!.address, inputs.at!.address, output.address, scratch];
    nest(code, [block], bases, (pointers) => {
      const [xs, ats, ys, table] = pointers as [typeof i, typeof i, typeof i, typeof i];
      const word = (base: typeof i, index: typeof i) => f.get(index).i32(4).op('i32.mul').get(base).op('i32.add');
      const value = (index: typeof i, to: typeof next) =>
        f.get(index).i32(bytes).op('i32.mul').get(xs).op('i32.add').access(load, 0).set(to);
      const take = () => word(table, slot).get(i).access('i32.store', 0);
      const share = (): void => {
        if (rule === 'error') refuse();
        else if (rule === 'first') word(ys, i).i32(-1).access('i32.store', 0);
        else if (rule === 'last') {
          word(ys, holder).i32(-1).access('i32.store', 0);
          take();
        } else {
          value(i, next);
          value(holder, held);
          f.get(i).set(loser);
          above(f, next, held);
          f.when(() => {
            take();
            f.get(holder).set(loser);
          });
          word(ys, loser).i32(-1).access('i32.store', 0);
        }
      };
      f.get(table).i32(0xff).i32(tableBytes).fillMemory();
      f.count(i, 0, size, 1, () => {
        word(ats, i).access('i32.load', 0).set(position);
        word(ys, i).get(position).access('i32.store', 0);
        f.get(position).i32(0).op('i32.ge_s');
        f.when(() => {
          f.get(position)
            .i32(multiplier)
            .op('i32.mul')
            .i32(32 - bits)
            .op('i32.shr_u')
            .set(slot);
          f.block(() => {
            f.loop(() => {
              word(table, slot).access('i32.load', 0).tee(holder).i32(0).op('i32.lt_s');
              f.when(() => {
                take();
                f.branch(2);
              });
              word(ats, holder).access('i32.load', 0).get(position).op('i32.eq');
              f.when(() => {
                share();
                f.branch(2);
              });
              f.get(slot)
                .i32(1)
                .op('i32.add')
                .i32(2 ** bits - 1)
                .op('i32.and')
                .set(slot);
              f.branch(0);
            });
          });
        });
      });
    });
  };
  return { name: `keepOne ${rule}`, scratch: blocks * tableBytes, phases: [run] };
};
