import { bytesPerElement } from '../../../../graph/dtype.ts';
import { sizeOf } from '../../../../graph/shape.ts';
import type { ArgsortAttributes } from '../../../../ops/reduce/argsort.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode, KernelFor, Placement } from '../kernel.ts';
import { nest } from '../nest.ts';
import { scalarOf } from './scalar.ts';

/** Positions that order every line: merged from the bottom up between two lists, so that equal elements keep their order. */
export const argsortKernel: KernelFor = ({ type, attributes }, { x }) => {
  const { axis, descending } = attributes as ArgsortAttributes;
  const { shape } = type;
  const size = shape[axis]!;
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  const scalar = scalarOf[x!.dtype];
  const bytes = bytesPerElement[x!.dtype];
  const listBytes = 4 * size;

  const run = (code: KernelCode, { inputs, output, scratch }: Placement): void => {
    if (sizeOf(shape) === 0) return;
    const { f } = code;
    const [k, width, from, middle, end] = f.locals('i32', 5);
    const [left, right, to, source, target] = f.locals('i32', 5);
    const [a, b] = f.locals(scalar.type, 2);
    const element = (list: Local, index: Local) => f.get(index).i32(4).op('i32.mul').get(list).op('i32.add');
    const smaller = (index: Local, than: Local) => f.get(index).get(than).op('i32.lt_s');
    /** The lesser of a local's value plus `step` and the size. */
    const reach = (start: Local, to: Local): void => {
      f.get(start).get(width).op('i32.add').tee(to).i32(size).get(to).i32(size).op('i32.lt_s').op('select').set(to);
    };
    const value = (line: Local, index: Local, into: Local): void => {
      element(source, index)
        .access('i32.load', 0)
        .i32(inner * bytes)
        .op('i32.mul')
        .get(line)
        .op('i32.add');
      f.access(scalar.load, 0).set(into);
    };
    const put = (index: Local): void => {
      element(target, to);
      element(source, index).access('i32.load', 0).access('i32.store', 0);
      f.get(index).i32(1).op('i32.add').set(index);
    };
    const merge = (line: Local): void => {
      f.get(from).set(left).get(middle).set(right);
      f.count(to, { local: from }, { local: end }, 1, () => {
        // From the right list while that is not exhausted and the left one is, or stands strictly behind it.
        f.block(() => {
          f.block(() => {
            smaller(right, end).op('i32.eqz').branchIf(0);
            smaller(left, middle);
            f.when(() => {
              value(line, left, a);
              value(line, right, b);
              if (descending) scalar.above(f, b, a);
              else scalar.above(f, a, b);
              f.op('i32.eqz').branchIf(1);
            });
            put(right);
            f.branch(1);
          });
          put(left);
        });
      });
    };
    const line = { size: outer, steps: [size * inner * bytes, size * inner * 4, 2 * listBytes * inner] };
    const beside = { size: inner, steps: [bytes, 4, 2 * listBytes] };
    nest(code, [line, beside], [inputs.x!.address, output.address, scratch], (pointers) => {
      const [x, y, lists] = pointers as [Local, Local, Local];
      f.get(lists).set(source).get(lists).i32(listBytes).op('i32.add').set(target);
      f.count(k, 0, size, 1, () => element(source, k).get(k).access('i32.store', 0));
      f.i32(1).set(width);
      if (size > 1)
        f.loop(() => {
          f.i32(0).set(from);
          f.loop(() => {
            reach(from, middle);
            reach(middle, end);
            merge(x);
            f.get(end).tee(from).i32(size).op('i32.lt_s').branchIf(0);
          });
          f.get(source).get(target).set(source).set(target);
          f.get(width).i32(2).op('i32.mul').tee(width).i32(size).op('i32.lt_s').branchIf(0);
        });
      f.count(k, 0, size, 1, () => {
        f.get(k)
          .i32(4 * inner)
          .op('i32.mul')
          .get(y)
          .op('i32.add');
        element(source, k).access('i32.load', 0).access('i32.store', 0);
      });
    });
  };
  return { name: 'argsort', scratch: 2 * listBytes * inner * outer, phases: [run] };
};
