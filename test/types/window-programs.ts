import fc from 'fast-check';

const size = fc.integer({ min: 1, max: 9 });
const small = fc.integer({ min: 1, max: 3 });
const pads = fc.integer({ min: 0, max: 2 });
const rules = fc.constantFrom("'valid'", "'full'", "'same-upper'", "'same-lower'");
const rank = fc.constantFrom(1, 2, 2, 3);
const sizes = (r: number) => fc.array(size, { minLength: r, maxLength: r });
const list = (of: fc.Arbitrary<unknown>, length: number) =>
  fc.array(of, { minLength: length, maxLength: length }).map((values) => `[${values.join(', ')}]`);
const perAxis = (of: fc.Arbitrary<unknown>, r: number) => fc.oneof(of.map(String), list(of, r));
const options = (record: { readonly [name: string]: fc.Arbitrary<unknown> }, required: readonly string[] = []) =>
  fc.record(record, { requiredKeys: [...required] }).map(
    (given) =>
      `{ ${Object.entries(given)
        .map(([k, v]) => `${k}: ${v}`)
        .join(', ')} }`,
  );
const walk = (r: number) => ({
  stride: perAxis(small, r),
  padding: fc.oneof(perAxis(pads, r), list(list(pads, 2), r), rules),
  dilation: perAxis(small, r),
});
const t = (...shape: readonly (number | string)[]): string => `t(${shape.join(', ')})`;
/** The right number of channels most of the time. */
const near = (n: number) => fc.constantFrom(n, n, n, n + 1);

/** How random calls of the functions over windows are written, by family. */
export const windowPrograms: { readonly [name: string]: fc.Arbitrary<string> } = {
  convolve: rank.chain((r) =>
    fc
      .tuple(sizes(r), list(small, r), small, options(walk(r)))
      .map(([xs, k, c, rest]) => `convolve${r}d(${t(2, c, ...xs)}, t(4, ${c}, ...${k}), ${rest})`)
      .map(spreadOut),
  ),
  depthwise: fc.tuple(rank, small, small).chain(([r, c, m]) =>
    fc
      .tuple(sizes(r), list(small, r), near(c * m), near(1), options(walk(r)))
      .map(([xs, k, o, i, rest]) => `depthwiseConv${r}d(${t(2, c, ...xs)}, t(${o}, ${i}, ...${k}), ${rest})`)
      .map(spreadOut),
  ),
  separable: fc.tuple(rank, small, small).chain(([r, c, m]) =>
    fc
      .tuple(
        // One fault at most: with two, fused and unfused may name either.
        fc.array(fc.integer({ min: 3, max: 9 }), { minLength: r, maxLength: r }),
        list(small, r),
        near(c * m),
        options({ stride: perAxis(small, r), fused: fc.boolean() }),
      )
      .map(
        ([xs, k, p, rest]) =>
          `separableConv${r}d(${t(2, c, ...xs)}, t(${c * m}, 1, ...${k}), ${t(5, p, ...xs.map(() => 1))}, ${rest})`,
      )
      .map(spreadOut),
  ),
  learnable: fc.tuple(rank, small).chain(([r, c]) =>
    fc
      .tuple(sizes(r), list(small, r), fc.constantFrom(1, c, c, c + 1), near(1), options(walk(r)))
      .map(([xs, k, o, i, rest]) => `learnablePool${r}d(${t(2, c, ...xs)}, t(${o}, ${i}, ...${k}), ${rest})`)
      .map(spreadOut),
  ),
  lpPool: rank.chain((r) =>
    fc
      .tuple(sizes(r), options({ kernel: perAxis(small, r), ...walk(r), ceil: fc.boolean(), p: small }, ['kernel']))
      .map(([xs, rest]) => `lpPool${r}d(${t(2, 3, ...xs)}, ${rest})`),
  ),
  adaptive: rank.chain((r) =>
    fc
      .tuple(
        fc.constantFrom('adaptiveMaxPool', 'adaptiveAvgPool'),
        fc.oneof(sizes(r), sizes(r), sizes(r + 1)),
        perAxis(size, r),
      )
      .map(([name, xs, n]) => `${name}${r}d(${t(2, 3, ...xs)}, ${n})`),
  ),
  global: fc.array(size, { minLength: 1, maxLength: 4 }).map((xs) => `globalPool(${t(2, 3, ...xs)}, { kind: 'avg' })`),
  spp: fc
    .tuple(sizes(2), fc.array(small, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([xs, levels, flat]) => `spp(${flat ? t(2, ...xs) : t(2, 3, ...xs)}, [${levels}])`),
  unpool: rank.chain((r) =>
    fc
      .tuple(
        sizes(r),
        options({ kernel: perAxis(small, r), stride: perAxis(small, r), padding: perAxis(pads, r) }, ['kernel']),
        fc.boolean(),
      )
      .map(([xs, rest, max]) => {
        const shape = [2, 3, ...xs].join(', ');
        return max ? `maxUnpool${r}d(t(${shape}), labels(${shape}), ${rest})` : `avgUnpool${r}d(t(${shape}), ${rest})`;
      }),
  ),
  unpoolTo: fc
    .tuple(sizes(2), sizes(2))
    .map(([xs, n]) => `maxUnpool2d(t(1, 2, ${xs}), labels(1, 2, ${xs}), { kernel: 2, outputSize: [${n}] })`),
  unfold: rank.chain((r) =>
    fc
      .tuple(sizes(r), options({ kernel: perAxis(small, r), ...walk(r) }, ['kernel']))
      .map(([xs, rest]) => `unfold(${t(2, 3, ...xs)}, ${rest})`),
  ),
  fold: fc.tuple(rank, small).chain(([r, c]) =>
    fc.tuple(fc.array(fc.integer({ min: 3, max: 6 }), { minLength: r, maxLength: r }), small).map(([xs, k]) => {
      const windows = xs.reduce((product, n) => product * (n - k + 1), 1);
      return `fold(${t(2, c * k ** r, windows)}, { size: [${xs}], kernel: ${k} })`;
    }),
  ),
};

/** `t(2, ...[3, 4])` → `t(2, 3, 4)`. */
function spreadOut(code: string): string {
  return code.replace(/\.\.\.\[(.*?)\]/, '$1');
}
