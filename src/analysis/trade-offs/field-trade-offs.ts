import { GraphBuilder } from '../../graph/builder.ts';
import type { FloatDType } from '../../graph/dtype.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { conv2d, maxPool2d } from '../../ops/index.ts';
import { costOf } from '../cost/cost-of.ts';
import type { CostConvention } from '../cost/node-cost.ts';
import type { Fraction } from '../field/fraction.ts';
import { receptiveField } from '../field/receptive-field.ts';

/** A layer of a stack: a convolution that keeps the size but for its stride, or max pooling of windows side by side. */
export type StackLayer =
  | { readonly kernel: number; readonly dilation?: number; readonly stride?: number }
  | { readonly pool: number };

/** Layers one after the other, by a name. */
export interface Stacks {
  readonly [name: string]: readonly StackLayer[];
}

/** What stacks are compared on. */
export interface FieldTradeOffOptions {
  /** Channels of the input and of every layer; 64 unless given. */
  readonly channels?: number;
  /** Height and width of the input; 64 unless given. */
  readonly size?: number;
  readonly dtype?: FloatDType;
  /** How multiply-adds are counted; by papers' formula unless given. */
  readonly convention?: CostConvention;
  /** The stacks; those of {@link fieldStacks} unless given. */
  readonly stacks?: Stacks;
}

/** What one stack sees, and what that takes. */
export interface FieldTradeOff {
  readonly name: string;
  /** The receptive field along an axis, and how many elements within it are not read. */
  readonly field: number;
  readonly holes: number;
  /** How far it moves from one output to the next. */
  readonly jump: Fraction | undefined;
  /** Outputs per element of a plane of the input: 1 keeps the resolution. */
  readonly resolution: number;
  readonly parameters: number;
  /** Multiply-adds for one image. */
  readonly macs: number;
  /** Multiply-adds per element of the result's planes. */
  readonly macsPerOutput: number;
}

const times = (n: number, layer: StackLayer): StackLayer[] => Array.from({ length: n }, () => layer);

/** The ways to a larger field that the notes name: kernel, depth, pooling or strides, dilation. */
export const fieldStacks: Stacks = {
  '3×3': [{ kernel: 3 }],
  '5×5': [{ kernel: 5 }],
  '9×9': [{ kernel: 9 }],
  '5×5 ×2': times(2, { kernel: 5 }),
  '3×3 ×4': times(4, { kernel: 3 }),
  'pool + 3×3': [{ pool: 2 }, { kernel: 3 }],
  'pool + 3×3 ×2': [{ pool: 2 }, ...times(2, { kernel: 3 })],
  'stride 2, 3×3 ×2': [{ kernel: 3, stride: 2 }, ...times(2, { kernel: 3 })],
  'dilated 4': [{ kernel: 3, dilation: 4 }],
  'dilated 1, 2, 1': [1, 2, 1].map((dilation) => ({ kernel: 3, dilation })),
  'dilated 1, 2, 4, 8': [1, 2, 4, 8].map((dilation) => ({ kernel: 3, dilation })),
  '3×3 ×15': times(15, { kernel: 3 }),
  '31×31': [{ kernel: 31 }],
};

/**
 * What a larger receptive field takes, by kernel, depth, pooling and dilation (operators.md 54): every stack is built, and
 * its graph is asked.
 *
 * @throws GraphError of the layers: for kernels that do not fit, say.
 */
export function fieldTradeOffs(options: FieldTradeOffOptions = {}): FieldTradeOff[] {
  const { channels = 64, size = 64, dtype = 'f32', convention = 'formula', stacks = fieldStacks } = options;
  return Object.entries(stacks).map(([name, layers]) => {
    const g = new GraphBuilder();
    const x = g.input('x', { dtype, shape: [1, channels, size, size] });
    const y = layers.reduce<Tensor>((t, layer, k) => applied(t, layer, `w${k}`), x);
    const graph = g.build({ y });
    const { size: field, holes, jump } = receptiveField(graph)[2]!;
    const { total } = costOf(graph, { convention });
    const places = sizeOf(y.shape.slice(2));
    return {
      name,
      field,
      holes,
      jump,
      resolution: places / size ** 2,
      parameters: total.parameters.count,
      macs: total.macs,
      macsPerOutput: total.macs / places,
    };
  });
}

function applied(x: Tensor, layer: StackLayer, name: string): Tensor {
  if ('pool' in layer) return maxPool2d(x, { kernel: layer.pool }) as Tensor;
  const { kernel, dilation = 1, stride = 1 } = layer;
  const channels = x.shape[1]!;
  const w = x.graph.parameter(name, { dtype: x.dtype, shape: [channels, channels, kernel, kernel] });
  const reach = dilation * (kernel - 1);
  const around: [number, number] = [Math.floor(reach / 2), Math.ceil(reach / 2)];
  return conv2d(x, w, { stride, dilation, padding: [around, around] }) as Tensor;
}
