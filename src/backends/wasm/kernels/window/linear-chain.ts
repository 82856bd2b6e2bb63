import type { Node } from '../../../../graph/graph.ts';
import { array } from '../../../../graph/nd-array.ts';
import type { AnyOp } from '../../../../graph/op.ts';
import { type Shape, sizeOf } from '../../../../graph/shape.ts';
import { type LinearWindowsAttributes, linearWindowsOp } from '../../../../ops/window/linear-windows.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode, KernelFor } from '../kernel.ts';
import type { Lowering } from '../lowering.ts';
import { nest } from '../nest.ts';
import { enough, type Lines, oneLine, tapsIn, written } from './linear-windows.ts';

/** Sparse matrices along several axes, one after the other. */
interface ChainAttributes {
  readonly passes: readonly LinearWindowsAttributes[];
}

/** So many threads at most have a place for what is between two passes. */
const places = 16;

/** What is between two passes should stay in a core's own cache. */
const cached = 256 * 1024;

/** `linearWindows` along one axis after another, without the values in between. */
export const linearChainOp: AnyOp = {
  ...linearWindowsOp,
  name: 'linearWindows chain',
  kernel: ({ x }, attributes, y) => {
    const { passes } = attributes as ChainAttributes;
    let value = x!;
    for (const pass of passes) {
      const next = array({ dtype: y.dtype, shape: shapeAfter(value.shape, pass) });
      linearWindowsOp.kernel({ x: value }, pass, next);
      value = next;
    }
    y.data.set(value.data);
  },
  flops: ({ x }, attributes) => {
    let shape = x!.shape;
    let flops = 0;
    for (const pass of (attributes as ChainAttributes).passes) {
      const [before, after] = [shape, shapeAfter(shape, pass)];
      flops += linearWindowsOp.flops({ x: { ...x!, shape: before }, y: { ...x!, shape: after } }, pass);
      shape = after;
    }
    return flops;
  },
};

/** A sparse matrix along one axis of what one along another axis made for nobody else: both at once, image by image. */
export const linearChain: Lowering = (node, { byId, readers }) => {
  const before = byId.get(node.inputs.x!)!;
  if (readers(before.id) !== 1) return undefined;
  const passes = [...passesOf(before), ...passesOf(node)];
  if (passes.length < 2 || passesOf(before).length === 0) return undefined;
  if (new Set(passes.map(({ axis }) => axis)).size < passes.length) return undefined;
  const { type } = byId.get(before.inputs.x!)!;
  const widest = Math.max(...shapesOf(type.shape, passes).map((shape) => sizeOf(shape.slice(firstAxis(passes)))));
  const fits = widest * 8 <= cached && passes.every(({ table }) => tapsIn(table) <= written);
  if (!fits || sizeOf(type.shape.slice(0, firstAxis(passes))) < enough || sizeOf(node.type.shape) === 0)
    return undefined;
  return { ...node, op: linearChainOp, inputs: before.inputs, attributes: { passes } satisfies ChainAttributes };
};

/** The passes one after the other on each image, what is between them in places of each thread's own. */
export const linearChainKernel: KernelFor = ({ attributes, type }, { x }) => {
  const { passes } = attributes as ChainAttributes;
  const first = firstAxis(passes);
  const shapes = [x!.shape, ...shapesOf(x!.shape, passes)];
  const bytes = type.dtype === 'f64' ? 8 : 4;
  const image = (shape: Shape): number => sizeOf(shape.slice(first)) * bytes;
  // Two places each, as a pass reads one and writes the other; vectors may be read and written beyond their ends.
  const place = Math.ceil(Math.max(...shapes.slice(1, -1).map(image)) / 64) * 64 + 64;
  return {
    name: 'linearWindows chain',
    scratch: places * 2 * place,
    phases: [
      (given, { inputs, output, scratch }) => {
        const { f } = given;
        const [threads, mine] = f.locals('i32', 2);
        f.get(given.threads).i32(places).get(given.threads).i32(places).op('i32.lt_u').op('select').set(threads);
        const code: KernelCode = { ...given, threads };
        f.get(given.thread).i32(places).op('i32.lt_u');
        f.when(() => {
          f.get(given.thread)
            .i32(2 * place)
            .op('i32.mul')
            .i32(scratch)
            .op('i32.add')
            .set(mine);
          const loops = [{ size: sizeOf(x!.shape.slice(0, first)), steps: [image(x!.shape), image(type.shape)] }];
          nest(code, loops, [inputs.x!.address, output.address], ([p, q]) => {
            passes.forEach((pass, k) => {
              const from = k === 0 ? p! : at(code, mine, ((k - 1) % 2) * place);
              const to = k === passes.length - 1 ? q! : at(code, mine, (k % 2) * place);
              onePass(code, pass, [shapes[k]!.slice(first), shapes[k + 1]!.slice(first)], first, [from, to]);
            });
          });
        });
      },
    ],
  };

  function at({ f }: KernelCode, base: Local, offset: number): Local {
    const pointer = f.local('i32');
    f.get(base).i32(offset).op('i32.add').set(pointer);
    return pointer;
  }
  function onePass(
    code: KernelCode,
    { axis, table }: LinearWindowsAttributes,
    [before, after]: readonly [Shape, Shape],
    first: number,
    [from, to]: readonly [Local, Local],
  ): void {
    const { f } = code;
    const along = axis - first;
    const lines: Lines = {
      bytes,
      length: before[along]!,
      results: after[along]!,
      inner: sizeOf(before.slice(along + 1)),
    };
    const rounds = sizeOf(before.slice(0, along));
    if (rounds === 1) {
      oneLine(code, lines, table, from, to);
      return;
    }
    const [round, p, q] = f.locals('i32', 3);
    f.get(from).set(p).get(to).set(q);
    f.count(round, 0, rounds, 1, () => {
      oneLine(code, lines, table, p, q);
      f.get(p)
        .i32(lines.length * lines.inner * bytes)
        .op('i32.add')
        .set(p);
      f.get(q)
        .i32(lines.results * lines.inner * bytes)
        .op('i32.add')
        .set(q);
    });
  }
};

function passesOf({ op, attributes }: Node): readonly LinearWindowsAttributes[] {
  if (op.kernel === linearChainOp.kernel) return (attributes as ChainAttributes).passes;
  return op.kernel === linearWindowsOp.kernel ? [attributes as LinearWindowsAttributes] : [];
}

const firstAxis = (passes: readonly LinearWindowsAttributes[]): number => Math.min(...passes.map(({ axis }) => axis));

const shapeAfter = (shape: Shape, { axis, table }: LinearWindowsAttributes): Shape =>
  shape.with(
    axis,
    table.reduce((sum, { count, rows }) => sum + count * rows.length, 0),
  );

/** The shapes after each of the passes. */
function shapesOf(shape: Shape, passes: readonly LinearWindowsAttributes[]): Shape[] {
  const shapes: Shape[] = [];
  for (const pass of passes) shapes.push(shapeAfter(shapes.at(-1) ?? shape, pass));
  return shapes;
}
