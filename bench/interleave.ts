import { spread } from './statistics.ts';

/** Something that is measured over and over. */
export interface Sampler {
  readonly name: string;
  /** One round's number. */
  sample(): Promise<number>;
  /** The only number where one measure takes too long to be repeated. */
  readonly once?: number;
}

export interface InterleaveOptions {
  readonly rounds: number;
  /** As many rounds again are added where a spread is wider than that. */
  readonly steady: number;
  /** What is being done, of interest only meanwhile. */
  progress(text: string): void;
  /** What went wrong. */
  complain(text: string): void;
}

/**
 * Measures all of them once in every round, each round beginning with another, and gives the rounds' numbers by name. Who
 * fails is told of, measured no more, and left without numbers.
 */
export async function interleave(
  samplers: readonly Sampler[],
  { rounds, steady, progress, complain }: InterleaveOptions,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const samples = new Map<string, number[]>();
  for (const { name, once } of samplers) samples.set(name, once === undefined ? [] : [once]);
  let repeated = samplers.filter(({ once }) => once === undefined);
  const unsteady = (): boolean => repeated.some(({ name }) => spread(samples.get(name)!) > steady);
  for (let round = 0; round < rounds || (round < 2 * rounds && unsteady()); round++) {
    for (const sampler of turned(repeated, round)) {
      progress(`round ${round + 1}: ${sampler.name}`);
      try {
        samples.get(sampler.name)!.push(await sampler.sample());
      } catch (error) {
        complain(`${sampler.name} failed: ${error instanceof Error ? error.message : error}`);
        samples.set(sampler.name, []);
        repeated = repeated.filter((other) => other !== sampler);
      }
    }
  }
  return samples;
}

/** The list begun elsewhere. */
const turned = <T>(list: readonly T[], by: number): readonly T[] => list.map((_, k) => list[(by + k) % list.length]!);
