import { describe, expect, it } from 'vitest';
import { costOf } from '../../src/analysis/index.ts';
import { grad } from '../../src/autodiff/index.ts';
import { Random } from '../../src/check/random.ts';
import { type AnyOp, array, f64, type Graph, GraphBuilder, NdArray, type Tensor } from '../../src/graph/index.ts';
import { isInput } from '../../src/graph/input.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import { matmul, mul, reshape, sum } from '../../src/index.ts';
import { ops } from '../../src/ops/index.ts';
import { randomNet } from './random-net.ts';

const seed = Number(process.env.SEED ?? 1);

let reads = 0;

/** A number that tells when it is computed with. */
class Counted {
  readonly #value: number;
  constructor(value: number) {
    this.#value = value;
  }
  valueOf(): number {
    reads++;
    return this.#value;
  }
}

/** The same array, its elements being counted; kernels take it for one of doubles. */
function counting({ dtype, shape, data }: NdArray): NdArray {
  const elements = Object.setPrototypeOf(
    Array.from(data, (value) => new Counted(value)),
    Float64Array.prototype,
  ) as NdArray['data'];
  return new NdArray({ dtype, shape }, elements);
}

/** The operand that each product has as a factor, once. */
const factors: { readonly [op: string]: string } = {
  conv: 'x',
  matmul: 'b',
  linearWindows: 'x',
  sample: 'x',
  splat: 'x',
};

/** Runs a graph by its operators' kernels, every node that its outputs need, and counts multiplications. */
function run(graph: Graph, feed: (id: string) => NdArray): number {
  const needed = new Set(Object.values(graph.outputs));
  for (const node of [...graph.nodes].reverse())
    if (needed.has(node.id)) for (const id of Object.values(node.inputs)) needed.add(id);
  const values = new Map<string, NdArray>();
  let products = 0;
  for (const node of graph.nodes) {
    if (!needed.has(node.id)) continue;
    if (isInput(node)) {
      values.set(node.id, feed(node.id));
      continue;
    }
    const factor = factors[node.op.name];
    const inputs = Object.fromEntries(
      Object.entries(node.inputs).map(([key, id]) => {
        const value = values.get(id)!;
        return [key, key === factor ? counting(value) : value];
      }),
    );
    const y = array(node.type);
    reads = 0;
    (node.op as AnyOp).kernel(inputs, node.attributes, y);
    if (factor !== undefined) products += reads;
    values.set(node.id, y);
  }
  return products;
}

/** A random net with a layer over all that it gives, and what its training computes. */
function drawn(k: number): { forward: Graph; training: Graph } {
  const g = new GraphBuilder();
  const { x, y } = randomNet(g, k, { chosen: k % 2 === 0 ? 'maximum' : 'mean' });
  const features = reshape(y, [1, sizeOf(y.shape)]) as Tensor<[number, number], 'f64'>;
  const scores = matmul(features, g.parameter('head', f64(sizeOf(y.shape), 3)));
  const loss = sum(mul(scores, scores)) as Tensor<[], 'f64'>;
  return { forward: g.build({ scores }), training: g.build({ loss, dx: grad(loss, x as Tensor<number[], 'f64'>) }) };
}

describe('multiply-adds', () => {
  it('of 100 random nets and their gradients: as many as a run of the reference kernels multiplies', () => {
    const totals: number[] = [];
    for (let k = seed * 100; k < (seed + 1) * 100; k++) {
      const { forward, training } = drawn(k);
      for (const graph of [forward, training]) {
        const random = new Random(k, 'values');
        const types = new Map(graph.nodes.map(({ id, type }) => [id, type]));
        const products = run(graph, (id) => {
          const type = types.get(id)!;
          return array(type, random.permutation(sizeOf(type.shape)));
        });
        expect(costOf(graph).total.macs, `seed ${k}`).toBe(products);
        totals.push(products);
      }
    }
    expect(totals.filter((total) => total > 1000).length).toBeGreaterThan(50);
  }, 60_000);

  it('every operator that declares them is counted', () =>
    expect(
      Object.values(ops)
        .filter(({ multiplyAdds }) => multiplyAdds !== undefined)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(factors).sort()));
});
