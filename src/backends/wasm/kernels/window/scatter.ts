import { bytesPerElement } from '../../../../graph/dtype.ts';
import { sizeOf } from '../../../../graph/shape.ts';
import { type ArgmaxWindowAttributes, argmaxWindowOp } from '../../../../ops/window/argmax-window.ts';
import type { ScatterAttributes } from '../../../../ops/window/scatter.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { Kernel, KernelCode, KernelFor, Placement } from '../kernel.ts';
import { fill } from '../movement/fill.ts';
import { split } from '../split.ts';
import { checkPosition } from './check-position.ts';
import { spreadPairs } from './spread-pairs.ts';

/** Fewer blocks than this are shared out place by place instead of block by block. */
const enough = 8;

/** Zeros, and values added at their positions, block after block and in order. */
export const scatterKernel: KernelFor = (node, { x, at }, sources): Kernel => {
  const { batch, shape } = node.attributes as ScatterAttributes;
  const source = sources.at!;
  if (source.op === argmaxWindowOp) {
    const attributes = source.attributes as ArgmaxWindowAttributes;
    const apart = spreadPairs(x!, node.type, attributes, batch);
    if (apart !== undefined) return apart;
  }
  const { dtype } = node.type;
  const size = sizeOf(shape);
  const writes = sizeOf(at!.shape.slice(batch));
  const blocks = sizeOf(at!.shape.slice(0, batch));
  const bytes = bytesPerElement[dtype];
  const zero = (code: KernelCode, { output }: Placement): void =>
    fill(code, dtype, 0, output.address, blocks * size * bytes);
  const [load, add, store] =
    dtype === 'f64'
      ? (['f64.load', 'f64.add', 'f64.store'] as const)
      : dtype === 'f32'
        ? (['f32.load', 'f32.add', 'f32.store'] as const)
        : (['i32.load', 'i32.add', 'i32.store'] as const);
  const spread = (code: KernelCode, { inputs, output }: Placement): void => {
    const { f } = code;
    const [block, element, position] = [f.local('i32'), f.local('i32'), f.local('i32')];
    const [x, at, y, place] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
    const byBlock = blocks >= enough;
    const share = split(code, byBlock ? blocks : size);
    const ends = byBlock ? ([{ local: share.from }, { local: share.below }] as const) : ([0, blocks] as const);
    const start = (pointer: Local, base: number, step: number): void =>
      void f.get(block).i32(step).op('i32.mul').i32(base).op('i32.add').set(pointer);
    f.count(block, ends[0], ends[1], 1, () => {
      start(x, inputs.x!.address, writes * bytes);
      start(at, inputs.at!.address, writes * 4);
      start(y, output.address, size * bytes);
      f.count(element, 0, writes, 1, () => {
        f.get(at).access('i32.load', 0).set(position);
        checkPosition(code, position, size);
        if (byBlock) f.get(position).i32(0).op('i32.ge_s');
        else
          f.get(position).get(share.from).op('i32.sub').get(share.below).get(share.from).op('i32.sub').op('i32.lt_u');
        f.when(() => {
          f.get(position).i32(bytes).op('i32.mul').get(y).op('i32.add').tee(place);
          f.get(place).access(load, 0).get(x).access(load, 0).op(add).access(store, 0);
        });
        f.get(at).i32(4).op('i32.add').set(at);
        f.get(x).i32(bytes).op('i32.add').set(x);
      });
    });
  };
  return { name: 'scatter', phases: [zero, spread] };
};
