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
  progress(text: string): void;
}

/** Measures all of them once in every round, each round beginning with another, and gives the rounds' numbers by name. */
export async function interleave(
  samplers: readonly Sampler[],
  { rounds, steady, progress }: InterleaveOptions,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const samples = new Map<string, number[]>();
  for (const { name, once } of samplers) samples.set(name, once === undefined ? [] : [once]);
  const repeated = samplers.filter(({ once }) => once === undefined);
  const unsteady = (): boolean => repeated.some(({ name }) => spread(samples.get(name)!) > steady);
  for (let round = 0; round < rounds || (round < 2 * rounds && unsteady()); round++) {
    for (let k = 0; k < repeated.length; k++) {
      const sampler = repeated[(round + k) % repeated.length]!;
      progress(`round ${round + 1} of ${Math.max(rounds, round + 1)}: ${sampler.name}`);
      samples.get(sampler.name)!.push(await sampler.sample());
    }
  }
  return samples;
}
