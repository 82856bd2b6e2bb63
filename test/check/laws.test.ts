import { describe, expect, test } from 'vitest';
import { reference } from '../../src/backends/index.ts';
import { checkLaw } from '../../src/check/laws/check-law.ts';
import { lawCampaigns, laws } from '../../src/check/laws/index.ts';
import type { Law } from '../../src/check/laws/law.ts';
import { keepsBits } from '../../src/check/laws/rewriting.ts';
import { type SizeRules, sizeLawsOf } from '../../src/check/laws/size-laws.ts';
import { isInput } from '../../src/graph/input.ts';
import * as cotangent from '../../src/ops/index.ts';
import { faults, faulty } from './laws/faults.ts';

const { conv2d, flip, ops } = cotangent;
/** Laws of functions that run no operator: broken by breaking the functions. */
const ofSizes = laws.filter(({ name }) => name.startsWith('sizes: '));
const ofGraphs = laws.filter(({ name }) => name.startsWith('graphs: '));
const ofOperators = laws.filter((law) => !ofSizes.includes(law) && !ofGraphs.includes(law));

test('at least forty laws, each of its own name', () => {
  expect(laws.length).toBeGreaterThanOrEqual(40);
  expect(new Set(laws.map(({ name }) => name)).size).toBe(laws.length);
});

test.each(laws.map((law) => [law.name, law] as const))('%s holds', (_, law) => {
  const { verdict, compared, failure } = checkLaw(law, { runs: 8 });
  expect(failure?.summary).toBeUndefined();
  expect(verdict).toBe('proved');
  expect(compared).toBeGreaterThan(0);
});

const known = new Map<(typeof laws)[number], string[]>();

/** The operators that a law runs, by name. */
function ranBy(law: (typeof laws)[number]): string[] {
  const ran =
    known.get(law) ??
    checkLaw(law, { runs: 6, seed: 1, backend: reference }).covers.filter((name) => Object.hasOwn(ops, name));
  known.set(law, ran);
  return ran;
}

describe('every law can fail', () => {
  test.each(ofOperators.map((law) => [law.name, law] as const))('%s', (_, law) => {
    const ran = ranBy(law);
    const caught = Object.values(faults).some((fault) =>
      (fault.op === undefined ? ran : ran.filter((op) => op === fault.op)).some(
        (op) => checkLaw(law, { runs: 15, seed: 1, backend: faulty(op, fault) }).verdict === 'refuted',
      ),
    );
    expect(caught).toBe(true);
  });

  const off = (rules: SizeRules): SizeRules => ({
    ...rules,
    convSize: (options) => rules.convSize({ ...options, dilation: 1 }),
    samePadding: ({ length, kernel, stride = 1 }) => {
      // The formula of a textbook that forgets dilation and the end of the last stride.
      const total = Math.max(0, (Math.floor(length / stride) - 1) * stride + kernel - length);
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    },
    convTransposeSize: ({ outputPadding: _, ...options }) => rules.convTransposeSize(options),
  });
  test.each(sizeLawsOf(off(cotangent)).map((law) => [law.name, law] as const))('%s', (_, law) => {
    expect(checkLaw(law, { runs: 200, seed: 1 }).verdict).toBe('refuted');
  });

  test.each(ofGraphs.map((law) => [law.name, law] as const))('%s', (name) => {
    const spoils = keepsBits(name, 'A rewriting that takes every sum for a difference.', (graph) => ({
      ...graph,
      nodes: graph.nodes.map((node) => (isInput(node) || node.op !== ops.add ? node : { ...node, op: ops.sub! })),
    }));
    expect(checkLaw(spoils, { runs: 100, seed: 1, backend: reference }).verdict).toBe('refuted');
  });
});

test('a failure shows both sides, where they differ first, and what was drawn', () => {
  const law = laws.find(({ name }) => name === 'conv: dilation')!;
  const { verdict, failure } = checkLaw(law, { seed: 1, backend: faulty('conv', faults['conv: dilation forgotten']!) });
  expect(verdict).toBe('refuted');
  expect(failure!.summary).toMatch(
    /^conv: dilation: y\[.*\] is .* on the left, .* on the right, and has to be equal to the bit$/,
  );
  expect(failure!.compared!.analytic.shape).toEqual(failure!.compared!.numeric.shape);
  expect(failure!.details.join('\n')).toContain('"wDilation":');
});

test('a law shrinks to a small case, and one and the same seed finds it again', () => {
  const law = laws.find(({ name }) => name === 'conv: loops')!;
  const backend = faulty('conv', faults['conv: stride forgotten']!);
  const first = checkLaw(law, { seed: 5, runs: 50, backend });
  expect(first.failure!.details[1]).toContain('"groups":1,"inputs":1,"outputs":1');
  expect(checkLaw(law, { seed: 5, runs: 50, backend })).toEqual(first);
});

test('campaigns are the laws, replayed by their cases', () => {
  const campaigns = lawCampaigns();
  expect(campaigns.map(({ name }) => name)).toEqual(laws.map(({ name }) => `law ${name}`));
  expect(campaigns.every(({ kind }) => kind === 'law')).toBe(true);
});

test('a law of one’s own', () => {
  const mirrored: Law<{ size: number }> = {
    name: 'mine: mirrored',
    about: 'A mirrored image and a mirrored kernel give the mirrored result.',
    ops: ['conv2d'],
    cases: (fc) => fc.record({ size: fc.integer({ min: 3, max: 8 }) }),
    state: ({ size }) => ({
      inputs: { x: { shape: [1, 2, size, 6] }, w: { shape: [3, 2, 3, 2] } },
      sides: ({ x, w }) => ({
        left: conv2d(flip(x!, [2, 3]), flip(w!, [2, 3])),
        right: flip(conv2d(x!, w!), [2, 3]),
        wrt: ['x', 'w'],
      }),
    }),
  };
  expect(checkLaw(mirrored).verdict).toBe('proved');
});

test('a number of runs that is none is refused', () => {
  expect(() => checkLaw(laws[0]!, { runs: 0 })).toThrow('runs is 0');
});

/** Functions by the names of their families: `conv2d` is of `conv`. */
const familyOf = (name: string): string => name.replace(/[123]d$/, '');
const spatial = /conv|pool|resize|upsample|pixel|space|sample|roi|blur|fft|fold|correlate/i;
/** Families without a law of their own, with the reason. */
const others = new Set([
  // Numbers and tables about operators.
  'antialiasResponse',
  'convMatrix',
  'convSize',
  'convTransposeSize',
  'defaultConvCost',
  'poolSize',
  // Iterates until it is near enough: no equation holds to a computed bound.
  'deconvolve',
  // What all sampling runs, and is called by nobody else.
  'sample',
]);

test('every family of spatial operators is in a law', () => {
  const families = new Set(
    Object.entries(cotangent).flatMap(([name, value]) =>
      typeof value === 'function' && spatial.test(name) && !others.has(name) ? [familyOf(name)] : [],
    ),
  );
  const told = new Set(laws.flatMap((law) => law.ops.map(familyOf)));
  expect([...families].filter((family) => !told.has(family))).toEqual([]);
});

test('every operator that reads planes by position is run by laws', () => {
  const run = new Set(laws.flatMap(ranBy));
  const names = [
    'argmaxBox',
    'argmaxWindow',
    'conv',
    'dft',
    'gather',
    'keepOne',
    'linearWindows',
    'sample',
    'scatter',
    'splat',
  ];
  expect(names.filter((name) => !run.has(name))).toEqual([]);
});
