import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, typeCheck, type Verdict } from './type-check.ts';

/** Programs that must not run, `#` before each size, and what they are told. */
const programs: readonly (readonly [code: string, text: string])[] = [
  ['add(t(#2, #3), t(#2, #4))', 'broadcast/shapes: [2,3] and [2,4] do not broadcast: 3 against 4'],
  ['mul(t(#2, #3), t(#5, #4, #3))', 'broadcast/shapes: [2,3] and [5,4,3] do not broadcast: 2 against 4'],
  ['less(t(#2), t(#3))', 'broadcast/shapes: [2] and [3] do not broadcast: 2 against 3'],
  ['select(less(t(#4), 0), t(#2, #4), t(#2, #3))', 'broadcast/shapes: [2,4] and [2,3] do not broadcast: 4 against 3'],
  ['broadcastTo(t(#2, #3), [#2, #4])', 'broadcast/target: [2,3] does not broadcast to [2,4]'],
  ['conv2d(t(#2, #3, #8, #8), t(#16, #4, #3, #3))', 'conv/channels: w reads 4 channels × 1 group = 4; x has 3'],
  [
    'conv2d(t(#2, #4, #8, #8), t(#6, #4, #3, #3), { groups: #2 })',
    'conv/channels: w reads 4 channels × 2 groups = 8; x has 4',
  ],
  [
    'conv2d(t(#2, #4, #8, #8), t(#5, #2, #3, #3), { groups: #2 })',
    'conv/groups: 5 output channels cannot be split into 2 groups',
  ],
  [
    'conv2d(t(#1, #1, #8, #3), t(#1, #1, #3, #3), { dilation: #2, stride: #2 })',
    'conv/window: no window fits along spatial axis 1: it spans 5, x with its padding 3',
  ],
  ['conv2d(t(#1, #8, #8), t(#1, #1, #3, #3))', 'conv/rank: x is [1,8,8] and w is [1,1,3,3]; both need rank 4'],
  [
    'conv2d(t(#1, #1, #8, #8), t(#4, #1, #3, #3), { bias: t(#5) })',
    'conv/bias: the bias is [5]; w makes 4 output channels, so it must be [4]',
  ],
  ['conv1d(t(#2, #3, #8), t(#16, #4, #3))', 'conv/channels: w reads 4 channels × 1 group = 4; x has 3'],
  ['convTranspose2d(t(#2, #8, #4, #4), t(#6, #3, #2, #2))', 'conv-transpose/channels: w takes 6 channels; x has 8'],
  [
    'convTranspose2d(t(#2, #6, #1, #4), t(#6, #3, #2, #2), { padding: #1 })',
    'conv-transpose/window: nothing is left along spatial axis 0: 1 elements make a result of 0',
  ],
  [
    'maxPool2d(t(#1, #1, #4, #1), { kernel: #2 })',
    'pool/window: no window fits along spatial axis 1: it spans 2, x with its padding 1',
  ],
  ['avgPool2d(t(#1, #4, #4), { kernel: #2 })', 'pool/rank: x is [1,4,4]; it needs rank 4'],
  [
    "resize2d(t(#1, #1, #1, #8), { scale: 0.5, mode: 'nearest' })",
    'resize/size: 1 elements along spatial axis 0 scaled by 0.5 leave nothing',
  ],
  [
    'depthToSpace(t(#1, #6, #2, #2), { block: #2 })',
    'shuffle/channels: 6 channels are no multiple of 4, the elements of a block',
  ],
  ['pixelUnshuffle(t(#2, #4, #3), #2)', 'shuffle/size: 3 elements along spatial axis 1 are no multiple of 2'],
  ['spaceToDepth(t(#2, #4), { block: #2 })', 'shuffle/rank: x is [2,4]; it needs rank 3 or more'],
  ['gaussianBlur(t(#4, #4), { sigma: 1 })', 'blur/rank: x is [4,4]; it needs rank 3 or more'],
  [
    'concat([t(#8, #16, #32, #32), t(#8, #24, #31, #32)], 1)',
    'concat/sizes: tensors 0 and 1 are [8,16,32,32] and [8,24,31,32]: they differ on axis 2, 32 against 31, and are joined on axis 1',
  ],
  ['concat([t(#8, #16), t(#8)], 1)', 'concat/rank: tensors 0 and 1 are [8,16] and [8]: they differ in rank'],
  ['stack([t(#8), t(#9)])', 'stack/shapes: tensors 0 and 1 are [8] and [9]: stacking needs equal shapes'],
  ['split(t(#8), [#3, #4])', 'split/sizes: [3,4] do not add up to the 8 elements along axis 0 of [8]'],
  ['squeeze(t(#8, #2), 1)', 'squeeze/size: axis 1 of [8,2] has size 2, not 1'],
  ['reshape(t(#2, #6), [#5, #3])', 'reshape/size: [2,6] has 12 elements, [5,3] has 15'],
  ['reshape(t(#2, #6), [#5, -1])', 'reshape/rest: [2,6] has 12 elements, not a multiple of the other sizes of [5,-1]'],
  ['transpose(t(#2, #3), [0, 1, 2])', 'transpose/permutation: [0,1,2] does not permute the axes of [2,3]'],
  [
    'slice(t(#4, #10), { starts: [0, 0], limits: [#4, #11] })',
    'slice/range: 0 to 11 is no range of the 10 elements along axis 1',
  ],
  ['pad(t(#4, #2), [[0, 0], [-1, -2]])', 'pad/crop: axis 1 of [4,2] padded by -1 and -2 would have -1 elements'],
  ['sum(t(#2, #3), { axes: 2 })', 'axes/range: [2,3] has no axis 2'],
  ['mean(t(#2, #3), { axes: [0, -2] })', 'axes/repeated: axes [0,-2] of [2,3] name one axis twice'],
  ['softmax(t(#2, #3), -3)', 'axes/range: [2,3] has no axis -3'],
  ['argmax(t(#2, #3), 4)', 'axes/range: [2,3] has no axis 4'],
  ['matmul(t(#2, #3), t(#4, #5))', 'matmul/inner: [2,3] and [4,5] do not multiply: rows of 3 meet columns of 4'],
  ['matmul(t(#7, #2, #3), t(#6, #3, #5))', 'broadcast/shapes: [7] and [6] do not broadcast: 7 against 6'],
  [
    'batchNorm(t(#2, #3, #4), { gamma: t(#4) })',
    'batch-norm/channels: gamma is [4]; x has 3 channels, so it must be [3]',
  ],
  [
    'crossEntropy(t(#2, #5, #8, #8), labels(#2, #8, #4))',
    'target/shape: the target is [2,8,4]; logits [2,5,8,8] need [2,8,8]',
  ],
  ['diceLoss(t(#2, #5, #8), labels(#2, #7))', 'target/shape: the target is [2,7]; logits [2,5,8] need [2,8]'],
];

/** One program per line, so that messages find their program; `sizes` writes a size. */
const source = (sizes: (size: string) => string): string => {
  const lines = programs.map(([code]) => `  () => ${code.replace(/#(\d+)/g, (_, size: string) => sizes(size))},`);
  const names = new Set(lines.join('').match(/\b[a-z]\w*(?=\()/gi));
  return [
    `import { ${[...names].join(', ')} } from '../prelude.ts'; export const programs: (() => unknown)[] = [`,
    ...lines,
    '];',
  ].join('\n');
};

describe('what does not fit', () => {
  const place = folder();
  let verdict: Verdict;
  let runs: readonly (() => unknown)[];
  beforeAll(async () => {
    place.write(
      'literal.ts',
      source((size) => size),
    );
    place.write(
      'number.ts',
      source((size) => `n(${size})`),
    );
    verdict = typeCheck(place, ['literal.ts', 'number.ts']);
    ({ programs: runs } = (await import(/* @vite-ignore */ join(place.path, 'number.ts'))) as {
      programs: typeof runs;
    });
  });
  afterAll(() => place.remove());

  it.each(programs.map(([code, text], i) => ({ code: code.replaceAll('#', ''), text, i })))('$code', ({ text, i }) => {
    // The same first line from the compiler, where sizes are literal, and at run time, where they are numbers.
    expect(verdict.messages.get(`literal.ts:${i + 2}`)).toContain(`"${text}"`);
    expect(runs[i]).toThrow(text);
  });

  it('is not refused by the compiler where sizes are numbers, but for what ranks alone decide', () => {
    const early = programs.filter((_, i) => verdict.messages.has(`number.ts:${i + 2}`)).map(([, text]) => text);
    expect(early.map((text) => text.split(':')[0])).toEqual([
      'conv/rank',
      'pool/rank',
      'shuffle/rank',
      'blur/rank',
      'concat/rank',
      'transpose/permutation',
      'axes/range',
      'axes/repeated',
      'axes/range',
      'axes/range',
    ]);
    expect(verdict.messages.size).toBe(programs.length + early.length);
  });
});
