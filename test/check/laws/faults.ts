import { type Backend, reference } from '../../../src/backends/index.ts';
import type { Graph } from '../../../src/graph/index.ts';
import { array, type NdArray } from '../../../src/graph/index.ts';
import type { AnyOp } from '../../../src/graph/op.ts';

type Kernel = AnyOp['kernel'];

/** A way for an operator's forward to be wrong. */
export interface Fault {
  /** The operator's name; any operator's if it is absent. */
  readonly op?: string;
  readonly wrong: (kernel: Kernel) => Kernel;
}

interface Axis {
  readonly stride: number;
  readonly lo: number;
}

/** Attributes as they are not. */
const misread =
  (change: (attributes: never) => object) =>
  (kernel: Kernel): Kernel =>
  (inputs, attributes, y) =>
    kernel(inputs, { ...attributes, ...change(attributes as never) }, y);

/** An input as it is not. */
const mistaken =
  (name: string, change: (value: NdArray) => ArrayLike<number>) =>
  (kernel: Kernel): Kernel =>
  (inputs, attributes, y) =>
    kernel({ ...inputs, [name]: array(inputs[name]!, change(inputs[name]!)) }, attributes, y);

/** A right result spoilt. */
const spoilt =
  (change: (data: Float64Array, y: NdArray) => void) =>
  (kernel: Kernel): Kernel =>
  (inputs, attributes, y) => {
    kernel(inputs, attributes, y);
    const data = Float64Array.from(y.data);
    change(data, y);
    y.data.set(data);
  };

/** Each axis' description changed. */
const axes = (change: (axis: Axis) => object) =>
  misread(({ axes }: { readonly axes: readonly Axis[] }) => ({
    axes: axes.map((axis) => ({ ...axis, ...change(axis) })),
  }));

const backwards = ({ data }: NdArray): number[] => Array.from(data, Number).reverse();

/** Wrong forwards by name. */
export const faults: { readonly [name: string]: Fault } = {
  'conv: padding one more': { op: 'conv', wrong: axes(({ lo }) => ({ lo: lo + 1 })) },
  'conv: stride forgotten': { op: 'conv', wrong: axes(() => ({ stride: 1 })) },
  'conv: dilation forgotten': { op: 'conv', wrong: axes(() => ({ wDilation: 1 })) },
  'conv: zeros between elements forgotten': { op: 'conv', wrong: axes(() => ({ xDilation: 1 })) },
  'conv: height and width exchanged': {
    op: 'conv',
    wrong: misread(({ axes }: { readonly axes: readonly Axis[] }) => ({ axes: axes.toReversed() })),
  },
  'conv: kernel turned': { op: 'conv', wrong: mistaken('w', backwards) },
  'conv: last tap dropped': {
    op: 'conv',
    wrong: mistaken('w', ({ data }) => data.map((v, i) => (i === data.length - 1 ? 0 : v))),
  },
  'conv: magnitudes': { op: 'conv', wrong: mistaken('x', ({ data }) => data.map(Math.abs)) },
  'flip: forgotten': {
    op: 'flip',
    wrong:
      () =>
      ({ x }, _, y) =>
        y.data.set(x!.data),
  },
  'argmaxWindow: other ties': {
    op: 'argmaxWindow',
    wrong: misread(({ ties }: { readonly ties: string }) => ({ ties: ties === 'first' ? 'last' : 'first' })),
  },
  'argmaxWindow: padding one more': { op: 'argmaxWindow', wrong: axes(({ lo }) => ({ lo: lo + 1 })) },
  'argmaxWindow: of magnitudes': { op: 'argmaxWindow', wrong: mistaken('x', ({ data }) => data.map(Math.abs)) },
  'argmaxWindow: stride forgotten': { op: 'argmaxWindow', wrong: axes(() => ({ stride: 1 })) },
  'dft: other sign': {
    op: 'dft',
    wrong: misread(({ inverse }: { readonly inverse: boolean }) => ({ inverse: !inverse })),
  },
  'transpose: forgotten': {
    op: 'transpose',
    wrong:
      () =>
      ({ x }, _, y) =>
        y.data.set(x!.data),
  },
  'cumulativeSum: backwards': {
    op: 'cumulativeSum',
    wrong: misread(({ reverse }: { readonly reverse: boolean }) => ({ reverse: !reverse })),
  },
  'argsort: other order': {
    op: 'argsort',
    wrong: misread(({ descending }: { readonly descending: boolean }) => ({ descending: !descending })),
  },
  'off by one': { wrong: spoilt((data) => data.set([...data.subarray(1), ...data.subarray(0, 1)])) },
  'last dropped': { wrong: spoilt((data) => data.fill(0, -1)) },
  'first too large': { wrong: spoilt((data) => data.fill((data[0] ?? 0) + 1, 0, 1)) },
  'wrong by a millionth': { wrong: spoilt((data) => data.fill((data.at(-1) ?? 0) * (1 + 1e-6), -1)) },
  'wrong divisor': { wrong: spoilt((data) => data.set(data.map((v) => v * 0.75))) },
};

/** The reference with one operator's forward wrong. */
export function faulty(op: string, { wrong }: Fault): Backend {
  const broken = (graph: Graph): Graph => ({
    ...graph,
    nodes: graph.nodes.map((node) =>
      node.op.name === op ? { ...node, op: { ...node.op, name: op, kernel: wrong(node.op.kernel) } } : node,
    ),
  });
  return { name: `reference with a wrong ${op}`, compile: (graph) => reference.compile(broken(graph)) };
}
