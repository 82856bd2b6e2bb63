import * as fc from 'fast-check';
import type { Part, PartCase } from './part.ts';

/** One step of a program: a part in a geometry of its own, and a number that says where its operands come from. */
export interface Step {
  readonly part: string;
  readonly drawn: PartCase;
  /** 0: all operands are inputs of the program. */
  readonly wiring: number;
  /** What is made of the result, so that numbers stay of moderate size over many steps. */
  readonly after: 'nothing' | 'clip' | 'halve' | 'settle';
}

/** What numbers the inputs are, where their operators accept any. */
const distributions = ['integers', 'dyadic', 'reals', 'scales', 'edges'] as const;
export type Distribution = (typeof distributions)[number];

/** A program as it is drawn and shrunk: plain data without numbers, from which graph and inputs follow. */
export interface RandomProgram {
  readonly steps: readonly Step[];
  /** The first input. */
  readonly shape: readonly number[];
  /** At most so many of the values that nothing reads are results. */
  readonly results: number;
  readonly dtype: 'f64' | 'f32';
  readonly distribution: Distribution;
  readonly seed: number;
}

/** The most steps; operators and what fits their operands to each other are several nodes a step. */
const mostSteps = 40;

/** Programs over the parts. Shrinks to fewer steps, then to smaller geometries and simpler wiring, then to simpler numbers. */
export function programsOf(parts: readonly Part[]): fc.Arbitrary<RandomProgram> {
  const step = fc.oneof(
    ...parts.map(({ name, cases, weight }) => ({
      weight,
      arbitrary: fc.record({
        part: fc.constant(name),
        drawn: cases,
        wiring: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 12, arbitrary: fc.nat(0xffff) }),
        after: fc.constantFrom('nothing', 'nothing', 'clip', 'halve', 'settle'),
      }),
    })),
  );
  const steps = (most: number) => fc.array(step, { minLength: 1, maxLength: most, size: 'max' });
  const program = fc.record({
    // Arrays shrink from their beginning; by this they do from their end, too.
    kept: fc.integer({ min: 1, max: mostSteps }),
    steps: fc.oneof(
      { weight: 6, arbitrary: steps(6) },
      { weight: 3, arbitrary: steps(15) },
      { weight: 1, arbitrary: steps(mostSteps) },
    ) as fc.Arbitrary<Step[]>,
    results: fc.integer({ min: 1, max: 4 }),
    shape: fc.oneof(
      fc.array(fc.constantFrom(1, 2, 3, 4, 5, 8, 9), { maxLength: 4 }),
      fc.tuple(
        fc.constantFrom(1, 2),
        fc.constantFrom(1, 2, 3, 4, 8, 12),
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 2, max: 12 }),
      ),
    ),
    dtype: fc.constantFrom('f64', 'f32'),
    seed: fc.nat(0xffff),
    distribution: fc.oneof(
      ...distributions.map((one, k) => ({ weight: [4, 3, 4, 2, 1][k]!, arbitrary: fc.constant(one) })),
    ),
  });
  return program.map(({ kept, steps, ...rest }) => ({ steps: steps.slice(0, kept), ...rest }));
}
