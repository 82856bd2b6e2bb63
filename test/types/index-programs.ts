import fc from 'fast-check';

const size = fc.integer({ min: 1, max: 6 });
const axis = fc.integer({ min: -4, max: 3 });
const sizes = (min: number, max: number) => fc.array(size, { minLength: min, maxLength: max });
const t = (shape: readonly number[]): string => `t(${shape.join(', ')})`;
const i = (shape: readonly number[]): string => `labels(${shape.join(', ')})`;
/** A size that fits most of the time. */
const near = fc.constantFrom(0, 0, 0, 1);

const letters = { a: 2, b: 3, c: 4 } as const;
const term = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }) as fc.Arbitrary<(keyof typeof letters)[]>;

/** How random calls of functions over indices, order, products and losses are written, by family. */
export const indexPrograms: { readonly [name: string]: fc.Arbitrary<string> } = {
  take: fc.tuple(sizes(1, 3), sizes(0, 2), axis).map(([x, at, k]) => `take(${t(x)}, ${i(at)}, ${k})`),
  gatherNd: fc
    .tuple(sizes(2, 4), sizes(0, 2), fc.constantFrom(1, 2))
    .map(([x, at, k]) => `gatherNd(${t(x)}, ${i([...at, k])})`),
  topK: fc.tuple(sizes(1, 3), axis).map(([x, k]) => `topK(${t(x)}, 1, { axis: ${k} }).values`),
  ordered: fc
    .tuple(fc.constantFrom('argsort', 'cumulativeSum', 'cumulativeProduct', 'lpNormalise'), sizes(1, 3), axis)
    .map(([name, x, k]) => `${name}(${t(x)}, ${k})`),
  glu: fc.tuple(sizes(1, 3), axis).map(([x, k]) => `glu(${t(x)}, ${k})`),
  reduced: fc
    .tuple(fc.constantFrom('norm', 'prod', 'std'), sizes(1, 3), axis, fc.boolean())
    .map(([name, x, k, keep]) => `${name}(${t(x)}, { axes: ${k}, keepDims: ${keep} })`),
  vectors: fc
    .tuple(sizes(0, 2), sizes(0, 2), size, near)
    .map(([p, q, k, off]) => `matmul(${t([...p, k])}, ${t(q.length < 2 ? [...q, k + off] : [q[0]!, k + off, q[1]!])})`),
  linear: fc
    .tuple(sizes(0, 2), size, near, size)
    .map(([lead, k, off, out]) => `linear(${t([...lead, k])}, ${t([out, k + off])})`),
  tile: fc.tuple(sizes(0, 3), sizes(0, 3)).map(([x, times]) => `tile(${t(x)}, [${times}])`),
  einsum: fc.array(term, { minLength: 1, maxLength: 3 }).chain((terms) => {
    const used = [...new Set(terms.flat())];
    return fc.shuffledSubarray(used).map((output) => {
      const operands = terms.map((labels) => t(labels.map((label) => letters[label])));
      return `einsum('${terms.map((labels) => labels.join('')).join(', ')} -> ${output.join('')}', [${operands.join(', ')}])`;
    });
  }),
  extremeOf: fc
    .tuple(fc.constantFrom('maximumOf', 'minimumOf'), fc.array(fc.constantFrom(1, 3), { maxLength: 2 }))
    .map(([name, b]) => `${name}([${t([2, 1, 3])}, ${t(b)}, ${t([3])}])`),
  pairs: fc
    .tuple(
      fc.constantFrom('l1Loss', 'huberLoss', 'bce', 'bceWithLogits', 'klDivergence', 'sigmoidFocalLoss'),
      sizes(0, 2),
      sizes(0, 2),
      fc.constantFrom("'none'", "'sum'"),
    )
    .map(([name, a, b, how]) => `${name}(${t(a)}, ${t(b)}, { reduction: ${how} })`),
  regions: fc
    .tuple(fc.constantFrom('focalLoss', 'diceLoss', 'jaccardLoss', 'tverskyLoss', 'lovaszSoftmax'), sizes(0, 2), near)
    .map(([name, xs, off]) => `${name}(${t([2, 3, ...xs])}, ${i([2, ...xs.map((d) => d + off)])})`),
  shaped: fc
    .tuple(fc.constantFrom('layerNorm', 'instanceNorm', 'dropout', 'hardSwish', 'tril', 'mish'), sizes(2, 4))
    .map(([name, x]) => `${name}(${t(x)})`),
};
