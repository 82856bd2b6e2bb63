import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gradchecker, type Tally } from '../../src/check/index.ts';
import { type InterleaveOptions, interleave, type Sampler } from '../interleave.ts';
import type { Child } from '../protocol/child.ts';
import type { GradcheckCase } from './cases.ts';

/** How many checks are taken in a round at least and at most. */
const [least, most] = [1, 1000];

/**
 * Milliseconds of one check, round by round, by who makes it: of the processor, whose other programs make a check that
 * takes long appear to take longer yet.
 */
export interface Measured {
  readonly entries: number;
  readonly tally: Tally;
  /** Building the graph, differentiating and compiling it included. */
  readonly first: readonly number[];
  /** Another point in the same shapes. */
  readonly again: readonly number[];
  readonly torch: ReadonlyMap<string, readonly number[]>;
}

export interface MeasureOptions extends InterleaveOptions {
  readonly milliseconds: number;
  /** Where cases may be written. */
  readonly folder: string;
}

/** Times the checks of one case here and in every process; the fastest of a round counts. */
export async function measureCase(
  { name, types, f, options, torch }: GradcheckCase,
  children: ReadonlyMap<string, Child>,
  { milliseconds, folder, ...interleaving }: MeasureOptions,
): Promise<Measured> {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  const shapes = Object.values(types).map(({ shape }) => shape);
  const distinct = Object.values(options.draw ?? {}).some(({ kind }) => kind === 'distinct');
  writeFileSync(join(place, 'case.json'), JSON.stringify({ ...torch, shapes, distinct }));

  let seed = 1;
  const whole = { ...options, entries: Number.POSITIVE_INFINITY };
  const fresh = () => gradchecker(f, { name, types, ...whole });
  const ready = fresh();
  // What it is compiled for has to have come, and the engine to have seen the code.
  for (let k = 0; k < 60; k++) ready(seed++);
  const ours = (check: () => unknown): number => {
    const before = process.cpuUsage();
    check();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const samplers: Sampler[] = [
    { name: 'first', sample: async () => fastest(milliseconds, () => ours(() => fresh()(seed++).expect())) },
    { name: 'again', sample: async () => fastest(milliseconds, () => ours(() => ready(seed++).expect())) },
  ];
  for (const [by, child] of children) {
    const prepared = await child.prepare(place);
    if ('skipped' in prepared) continue;
    samplers.push({ name: by, sample: async () => Math.min(...(await child.round(milliseconds, least, most))) });
  }
  const times = await interleave(samplers, interleaving);
  const tally = ready(seed).expect();
  return {
    entries: tally.exact + tally.bounded + tally.smooth,
    tally,
    first: times.get('first')!,
    again: times.get('again')!,
    torch: new Map(samplers.slice(2).map((sampler) => [sampler.name, times.get(sampler.name)!])),
  };
}

/** The shortest of as many as fit. */
function fastest(milliseconds: number, time: () => number): number {
  let [spent, shortest] = [0, Number.POSITIVE_INFINITY];
  for (let k = 0; k < least || (spent < milliseconds && k < most); k++) {
    const taken = time();
    spent += taken;
    shortest = Math.min(shortest, taken);
  }
  return shortest;
}

/** `x 2×3×8×9, w 4×3×3×3`. */
export const showTypes = ({ types }: GradcheckCase): string =>
  Object.entries(types)
    .map(([input, { shape }]) => `${input} ${shape.join('×')}`)
    .join(', ');
