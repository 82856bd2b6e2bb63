import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tensor } from '../../src/graph/tensor.ts';
import { wording } from '../../src/ops/wording.ts';
import { indexPrograms } from './index-programs.ts';
import { folder, typeCheck, type Verdict } from './type-check.ts';
import { windowPrograms } from './window-programs.ts';

/** What a program makes at run time: a shape, or the first line of the error. */
type Outcome = { readonly shape: readonly number[] } | { readonly refusal: string };

const size = fc.integer({ min: 1, max: 9 });
const small = fc.integer({ min: 1, max: 3 });
const list = (of: fc.Arbitrary<unknown>, length: number) =>
  fc.array(of, { minLength: length, maxLength: length }).map((values) => `[${values.join(', ')}]`);
/** One value, or one per axis. */
const perAxis = (of: fc.Arbitrary<unknown>, rank: number) => fc.oneof(of.map(String), list(of, rank));
const paddings = (rank: number, of: fc.Arbitrary<number>) =>
  fc.oneof(of.map(String), list(of, rank), list(list(of, 2), rank));
const options = (record: { readonly [name: string]: fc.Arbitrary<unknown> }) =>
  fc.record(record, { requiredKeys: [] }).map(
    (given) =>
      `{ ${Object.entries(given)
        .map(([k, v]) => `${k}: ${v}`)
        .join(', ')} }`,
  );
const tensor = (shape: readonly number[]): string => `t(${shape.join(', ')})`;
const sizes = (min: number, max: number) => fc.array(size, { minLength: min, maxLength: max });

const rank = fc.constantFrom(1, 2, 2, 2, 3);
const axis = fc.integer({ min: -4, max: 3 });
const rules = fc.constantFrom("'valid'", "'full'", "'same-upper'", "'same-lower'");

/** One entry per family: how a random call of it is written. */
const families: { readonly [name: string]: fc.Arbitrary<string> } = {
  ...indexPrograms,
  ...windowPrograms,
  conv: rank.chain((r) =>
    fc
      .tuple(
        sizes(r, r),
        sizes(r, r),
        small,
        small,
        fc.constantFrom(1, 1, 1, 2),
        fc.boolean(),
        options({
          stride: perAxis(small, r),
          padding: fc.oneof(paddings(r, fc.integer({ min: -1, max: 3 })), rules),
          dilation: perAxis(small, r),
        }),
      )
      .map(([xs, ks, o, i, groups, right, rest]) => {
        const k = ks.map((s) => Math.ceil(s / 2));
        const channels = right ? i * groups : i * groups + 1;
        return `conv${r}d(${tensor([2, channels, ...xs])}, ${tensor([o * groups, i, ...k])}, { groups: ${groups}, ...${rest} as const })`;
      })
      .map((code) => code.replace('...{  } as const', '').replace(/\.\.\.\{ (.*) \} as const/, '$1')),
  ),
  convTranspose: rank.chain((r) =>
    fc
      .tuple(
        sizes(r, r),
        list(small, r),
        small,
        small,
        fc.boolean(),
        options({
          stride: perAxis(fc.constantFrom(2, 3), r),
          padding: paddings(r, fc.integer({ min: 0, max: 2 })),
          outputPadding: perAxis(fc.constantFrom(0, 1), r),
          dilation: perAxis(small, r),
        }),
      )
      .map(
        ([xs, k, o, i, right, rest]) =>
          `convTranspose${r}d(${tensor([2, right ? i : i + 1, ...xs])}, t(${i}, ${o}, ...${k}), { stride: 2, ${rest.slice(2)})`,
      )
      .map((code) => code.replace(/\.\.\.\[(.*?)\]/, '$1').replace('stride: 2, stride:', 'stride:')),
  ),
  pool: rank.chain((r) =>
    fc
      .tuple(
        fc.constantFrom('maxPool', 'avgPool'),
        sizes(r, r),
        perAxis(small, r),
        options({
          stride: perAxis(small, r),
          padding: fc.oneof(fc.constantFrom(0, 1), paddings(r, fc.integer({ min: 0, max: 2 })), rules),
          dilation: perAxis(small, r),
          ceil: fc.boolean(),
        }),
      )
      .map(
        ([name, xs, kernel, rest]) => `${name}${r}d(${tensor([2, 3, ...xs])}, { kernel: ${kernel}, ${rest.slice(2)})`,
      ),
  ),
  dilatedPool: fc
    .tuple(sizes(2, 2), small, small, fc.boolean())
    .map(
      ([xs, kernel, d, ceil]) =>
        `maxPool2d(${tensor([1, 2, ...xs])}, { kernel: ${kernel}, dilation: ${d}, ceil: ${ceil}, stride: 2 })`,
    ),
  resize: rank.chain((r) =>
    fc
      .tuple(
        sizes(r, r),
        fc.oneof(
          perAxis(size, r).map((s) => `size: ${s}`),
          perAxis(fc.constantFrom(0.25, 0.5, 1.5, 2, 3), r).map((s) => `scale: ${s}`),
        ),
      )
      .map(([xs, how]) => `resize${r}d(${tensor([1, 2, ...xs])}, { ${how}, mode: 'nearest' })`),
  ),
  binary: fc
    .tuple(
      fc.constantFrom('add', 'mul', 'less', 'maximum'),
      fc.array(small, { maxLength: 4 }),
      fc.array(small, { maxLength: 4 }),
    )
    .map(([name, a, b]) => `${name}(${tensor(a)}, ${tensor(b)})`),
  select: fc
    .tuple(fc.array(small, { maxLength: 2 }), fc.array(small, { maxLength: 2 }), fc.array(small, { maxLength: 2 }))
    .map(([c, a, b]) => `select(less(${tensor(c)}, 0), ${tensor(a)}, ${tensor(b)})`),
  broadcastTo: fc
    .tuple(fc.array(small, { maxLength: 3 }), fc.array(small, { maxLength: 3 }))
    .map(([a, b]) => `broadcastTo(${tensor(a)}, [${b}])`),
  matmul: fc
    .tuple(
      fc.array(small, { maxLength: 2 }),
      fc.array(small, { maxLength: 1 }),
      size,
      small,
      fc.constantFrom(0, 0, 1),
      size,
    )
    .map(([p, q, m, k, off, n]) => `matmul(${tensor([...p, m, k])}, ${tensor([...q, k + off, n])})`),
  concat: fc
    .tuple(
      fc.array(small, { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(size, fc.nat(12)), { minLength: 1, maxLength: 3 }),
      axis,
    )
    .map(([shape, parts, at]) => {
      const k = at < 0 ? at + shape.length : at;
      const other = (s: number, odd: number) => shape.map((d, i) => (i === k ? s : odd === 0 ? d + 1 : d));
      return `concat([${[tensor(shape), ...parts.map(([s, odd]) => tensor(other(s, odd)))].join(', ')}], ${at})`;
    }),
  stack: fc
    .tuple(sizes(0, 2), fc.constantFrom(0, 0, 1), axis)
    .map(([shape, odd, at]) => `stack([${tensor(shape)}, ${tensor(shape.map((d) => d + odd))}], ${at})`),
  reshape: fc
    .tuple(
      fc.array(fc.constantFrom(1, 2, 3, 4, 6), { maxLength: 4 }),
      fc.array(fc.constantFrom(1, 2, 3, 4, 6, -1), { maxLength: 3 }),
    )
    .filter(([, to]) => to.filter((d) => d === -1).length < 2)
    .map(([from, to]) => `reshape(${tensor(from)}, [${to}])`),
  transpose: fc
    .tuple(sizes(0, 4), fc.constantFrom(0, 0, 1))
    .chain(([shape, more]) =>
      fc
        .option(fc.shuffledSubarray([...shape.keys(), ...(more ? [0] : [])], { minLength: shape.length + more }))
        .map((order) => `transpose(${tensor(shape)}${order === null ? '' : `, [${order}]`})`),
    ),
  reduce: fc
    .tuple(
      fc.constantFrom('sum', 'mean', 'max', 'min', 'variance', 'logSumExp'),
      sizes(0, 4),
      options({
        axes: fc.oneof(
          axis.map(String),
          fc.array(axis, { maxLength: 3 }).map((a) => `[${a.join(', ')}]`),
        ),
        keepDims: fc.boolean(),
      }),
    )
    .map(([name, shape, how]) => `${name}(${tensor(shape)}, ${how})`),
  along: fc
    .tuple(fc.constantFrom('softmax', 'logSoftmax', 'argmax', 'expandDims', 'flip'), sizes(1, 3), axis)
    .map(([name, shape, at]) => `${name}(${tensor(shape)}, ${at})`),
  squeeze: fc
    .tuple(fc.array(fc.constantFrom(1, 1, 2), { maxLength: 3 }), axis)
    .map(([s, at]) => `squeeze(${tensor(s)}, ${at})`),
  slice: sizes(1, 3).chain((shape) =>
    fc
      .tuple(...shape.map((d) => fc.tuple(fc.nat(d), fc.nat(d + 1), small)))
      .chain((axes) => fc.tuple(fc.constant(axes), fc.boolean()))
      .map(([axes, steps]) => {
        const [starts, limits] = [axes.map(([s]) => s), axes.map(([, l]) => l)];
        const each = steps ? `, steps: [${axes.map(([, , s]) => s)}]` : '';
        return `slice(${tensor(shape)}, { starts: [${starts}], limits: [${limits}]${each} })`;
      }),
  ),
  pad: sizes(0, 3).chain((shape) =>
    list(list(fc.integer({ min: -3, max: 3 }), 2), shape.length).map((p) => `pad(${tensor(shape)}, ${p})`),
  ),
  upsample: fc
    .tuple(
      rank.chain((r) => sizes(r, r)),
      small,
    )
    .map(([xs, factor]) => `upsample(${tensor([1, 2, ...xs])}, ${factor})`),
  resizeAlong: fc
    .tuple(
      sizes(2, 4),
      fc.array(axis, { minLength: 1, maxLength: 2 }),
      fc.constantFrom('size: 3', 'scale: 0.5', 'scale: 1.5'),
    )
    .map(([xs, axes, how]) => `resize(${tensor(xs)}, { axes: [${axes}], ${how}, mode: 'nearest' })`),
  shuffle: fc
    .tuple(fc.constantFrom('depthToSpace', 'spaceToDepth'), sizes(0, 3), small, small, fc.boolean())
    .map(([name, xs, block, c, right]) => {
      const sides = xs.map((d) => (right ? d * block : d));
      return `${name}(${tensor([2, right ? c * block ** xs.length : c, ...sides])}, { block: ${block} })`;
    }),
  pixelShuffle: fc
    .tuple(fc.constantFrom('pixelShuffle', 'pixelUnshuffle'), sizes(1, 2), small, fc.constantFrom(1, 4, 8, 9), small)
    .map(([name, lead, d, c, r]) => `${name}(${tensor([...lead, c, d * 2, d * r])}, ${r})`),
  blur: fc
    .tuple(fc.constantFrom('blurPool', 'antialiasDownsample'), sizes(0, 3), small)
    .map(
      ([name, xs, s]) => `${name}(${tensor([2, 3, ...xs])}, { ${name === 'blurPool' ? 'stride' : 'factor'}: ${s} })`,
    ),
  loss: fc
    .tuple(
      fc.constantFrom('crossEntropy', 'nll'),
      sizes(0, 2),
      fc.constantFrom(0, 0, 1),
      fc.constantFrom("'none'", "'sum'", undefined),
    )
    .map(([name, xs, off, how]) => {
      const target = [2, ...xs.map((d) => d + off)].join(', ');
      return `${name}(${tensor([2, 3, ...xs])}, labels(${target})${how === undefined ? '' : `, { reduction: ${how} }`})`;
    }),
};

const perFamily = 24;

describe('signatures and inference', () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const programs = Object.values(families).flatMap((family) => [
    ...new Set(fc.sample(family, { numRuns: perFamily, seed })),
  ]);
  const names = [...new Set(programs.join('\n').match(/\b[a-z]\w*(?=\()/gi))].join(', ');
  const place = folder();
  const outcomes: Outcome[] = [];
  let verdict: Verdict;

  beforeAll(async () => {
    const thunks = programs.map((code) => `  () => ${code},`);
    place.write(
      'run.ts',
      [`import { ${names} } from '../prelude.ts'; export const programs = [`, ...thunks, '];'].join('\n'),
    );
    const module = (await import(/* @vite-ignore */ join(place.path, 'run.ts'))) as { programs: (() => Tensor)[] };
    for (const run of module.programs) outcomes.push(outcomeOf(run));
    const lines = programs.map((code, i) => {
      const outcome = outcomes[i]!;
      if (!('shape' in outcome)) return `${code};`;
      return `const y${i} = ${code}; type T${i} = Expect<[Equal<(typeof y${i})['shape'], [${outcome.shape}]>]>;`;
    });
    const header = `import { ${names} } from '../prelude.ts'; import type { Equal, Expect } from '../equal.ts';`;
    place.write('check.ts', [header, ...lines].join('\n'));
    verdict = typeCheck(place, ['check.ts']);
  });
  afterAll(() => place.remove());

  it(`agree on ${programs.length} random programs (SEED=${seed})`, () => {
    const faults = programs.flatMap((code, i) => {
      const outcome = outcomes[i]!;
      const message = verdict.messages.get(`check.ts:${i + 2}`);
      if ('shape' in outcome)
        return message === undefined ? [] : [`${code}\n  runs to [${outcome.shape}]; the compiler says ${message}`];
      // Refusals of other things than sizes are left to run time.
      const shared = Object.keys(wording).some((shared) => outcome.refusal.startsWith(`${shared}: `));
      if (!shared ? message === undefined : message?.includes(`"${outcome.refusal}"`)) return [];
      return [`${code}\n  is refused: ${outcome.refusal}\n  the compiler says ${message ?? 'nothing'}`];
    });
    expect(faults.join('\n')).toBe('');
  });

  it('are both tried: programs that run and programs that do not', () => {
    const refused = outcomes.filter((outcome) => 'refusal' in outcome).length;
    expect(refused).toBeGreaterThan(programs.length / 20);
    expect(refused).toBeLessThan(programs.length * 0.75);
  });
});

function outcomeOf(run: () => Tensor): Outcome {
  try {
    return { shape: run().shape };
  } catch (error) {
    return { refusal: (error as Error).message.split('\n')[0]! };
  }
}
