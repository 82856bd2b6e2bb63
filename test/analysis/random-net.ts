import { Random } from '../../src/check/random.ts';
import { f64, type GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import {
  adaptiveAvgPool2d,
  adaptiveMaxPool2d,
  add,
  avgPool2d,
  concat,
  conv2d,
  convTranspose2d,
  depthToSpace,
  globalPool,
  maxPool2d,
  pad,
  relu,
  resize2d,
  slice,
  spaceToDepth,
} from '../../src/index.ts';

/** What layers a net is drawn from. */
export interface RandomNetOptions {
  /** Weights of one but for the parameters, and no means. */
  readonly unit?: boolean;
  /** Whether windows of which one element is chosen give it, or their mean: either reads the same. */
  readonly chosen?: 'maximum' | 'mean';
}

/** A graph drawn from a seed, all of whose functions are linear with positive weights, relu or maxima. */
export function randomNet(
  g: GraphBuilder,
  seed: number,
  { unit = false, chosen = 'mean' }: RandomNetOptions = {},
): { readonly y: Tensor; readonly x: Tensor } {
  const random = new Random(seed, 'net');
  let draws = 0;
  const integer = (low: number, high: number): number => random.integer(draws++, low, high);
  const one = <T>(...choices: readonly T[]): T => choices[integer(0, choices.length - 1)]!;
  let weights = 0;
  const parameter = (...shape: number[]): Tensor => g.parameter(`w${weights++}`, f64(...shape));

  const size = (): number => integer(5, 11);
  const x: Tensor = g.input('x', f64(1, integer(1, 2), size(), size()));
  const known: Tensor[] = [x];
  const layers: ((t: Tensor) => Tensor)[] = [
    (t) => {
      const groups = t.shape[1]! % 2 === 0 ? one(1, 2) : 1;
      const w = parameter(groups * integer(1, 2), t.shape[1]! / groups, integer(1, 3), integer(1, 3));
      const options = { stride: one(1, 1, 2, 3), padding: integer(0, 2), dilation: one(1, 1, 2, 3), groups };
      return conv2d(t, w, options) as Tensor;
    },
    (t) => {
      const w = parameter(t.shape[1]!, integer(1, 2), integer(1, 4), integer(1, 3));
      return convTranspose2d(t, w, { stride: one(1, 2, 3), dilation: one(1, 1, 2), padding: one(0, 0, 1) }) as Tensor;
    },
    (t) => relu(t),
    (t) =>
      pad(
        t,
        [
          [0, 0],
          [0, 0],
          [one(-1, 1), 1],
          [0, one(0, 2)],
        ],
        { mode: one('zero', 'replicate', 'circular') },
      ) as Tensor,
    (t) => depthToSpace(conv2d(t, parameter(4, t.shape[1]!, 1, 1)) as Tensor, { block: 2 }) as Tensor,
    (t) => (t.shape.slice(2).every((n) => n % 2 === 0) ? (spaceToDepth(t, { block: 2 }) as Tensor) : t),
    // Branches: with an earlier tensor that is cut or enlarged to fit.
    (t) => concat([t, fitted(one(...known), t)], 1) as Tensor,
    (t) => {
      const other = fitted(one(...known), t);
      return other.shape[1] === t.shape[1] ? add(t, other) : (concat([other, t], 1) as Tensor);
    },
    (t) => concat([t, t], one(2, 3)) as Tensor,
    (t) => resize2d(t, { scale: one(2, 1.5, 0.5), mode: unit ? 'nearest' : one('nearest', 'linear') }) as Tensor,
  ];
  const means: typeof layers = [
    (t) => avgPool2d(t, { kernel: one(2, 3), stride: one(1, 2), padding: one(0, 1), ceil: one(true, false) }) as Tensor,
    (t) => adaptiveAvgPool2d(t, [integer(1, 4), integer(1, 4)]) as Tensor,
    (t) => {
      const size: [number, number] = [integer(1, 5), integer(1, 5)];
      return (chosen === 'maximum' ? adaptiveMaxPool2d(t, size) : adaptiveAvgPool2d(t, size)) as Tensor;
    },
    (t) => {
      const options = { kernel: one(2, 3), stride: one(1, 2), padding: one(0, 1), ceil: one(true, false) };
      return (chosen === 'maximum' ? maxPool2d(t, options) : avgPool2d(t, options)) as Tensor;
    },
    (t) => concat([t, fitted(globalPool(t as Tensor<number[], 'f64'>, { kind: 'avg' }), t)], 1) as Tensor,
  ];
  const choices = unit ? layers : [...layers, ...means];
  const wanted = integer(2, 7);
  let y: Tensor = x;
  for (let tries = 0; known.length <= wanted && tries < 30; tries++) {
    try {
      const next = one(...choices)(y);
      const places = next.shape[2]! * next.shape[3]!;
      if (places === 0 || places > 400 || next.shape[1]! > 8) continue;
      y = next;
      known.push(y);
    } catch (error) {
      // A window that does not fit: another layer then.
      if (!(error instanceof Error) || !('code' in error)) throw error;
    }
  }
  return { x, y };
}

/** Cut at the high end, or enlarged, to the size of another. */
function fitted(t: Tensor, like: Tensor): Tensor {
  const [h, w] = like.shape.slice(2) as [number, number];
  const larger = t.shape[2]! < h || t.shape[3]! < w;
  const enough = larger
    ? (resize2d(t, { size: [Math.max(h, t.shape[2]!), Math.max(w, t.shape[3]!)], mode: 'nearest' }) as Tensor)
    : t;
  return slice(enough, { starts: [0, 0, 0, 0], limits: [1, t.shape[1]!, h, w] }) as Tensor;
}
