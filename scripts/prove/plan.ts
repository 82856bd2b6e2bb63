import { Random } from '../../src/check/index.ts';
import type { Job, JobResult } from './job.ts';

/** Cases that are proved between two reports. */
const jobSize = 40;
/** A composite has one geometry, an operator many: so many of the latter's cases are worth one seed of the former. */
const casesPerSeed = 20;

/** All that is to be proved of one operator or composite, and what has been. */
export interface Subject {
  readonly name: string;
  readonly kind: Job['kind'];
  readonly runs: number;
  readonly jobs: readonly Job[];
  readonly results: JobResult[];
}

export interface PlanOptions {
  readonly operators: readonly string[];
  readonly composites: readonly string[];
  readonly seed: number;
  readonly runs: number;
  readonly order: number;
}

/**
 * Cuts the proof of every subject into jobs. The first one of each has the seed itself, so that a short run repeats what
 * the test suite does; the seeds of the others follow from it.
 */
export function subjectsOf({ operators, composites, seed, runs, order }: PlanOptions): Subject[] {
  const subject = (kind: Job['kind'], count: number) => (name: string) => {
    const random = new Random(seed, name);
    const jobs = Array.from({ length: Math.ceil(count / jobSize) }, (_, index) => ({
      name,
      kind,
      index,
      seed: index === 0 ? seed : random.integer(index, 0, 2 ** 31 - 1),
      runs: Math.min(jobSize, count - index * jobSize),
      order,
    }));
    return { name, kind, runs: count, jobs, results: [] };
  };
  return [
    ...operators.map(subject('operator', runs)),
    ...composites.map(subject('composite', Math.max(Math.min(runs, 3), Math.ceil(runs / casesPerSeed)))),
  ];
}

/**
 * Hands out jobs: the first one of every subject, then those of the slowest first, so that no thread is left with a long
 * one at the end. A subject that has failed gets no more.
 */
export function dispenser(subjects: readonly Subject[]): () => Job | undefined {
  const next = new Map(subjects.map((subject) => [subject, 0]));
  return () => {
    const open = [...next].filter(([subject, i]) => i < subject.jobs.length && failureIn(subject) === undefined);
    const [chosen, i] = open.find(([, i]) => i === 0) ?? slowest(open) ?? [];
    if (chosen === undefined || i === undefined) return undefined;
    next.set(chosen, i + 1);
    return chosen.jobs[i];
  };
}

function slowest(open: readonly (readonly [Subject, number])[]): readonly [Subject, number] | undefined {
  const ahead = ([subject, i]: readonly [Subject, number]): number =>
    (subject.jobs.length - i) * secondsPerCase(subject);
  return open.toSorted((a, b) => ahead(b) - ahead(a))[0];
}

/** The fault found in a subject, if any. */
export const failureIn = ({ results }: Subject): JobResult['failure'] =>
  results.find(({ failure }) => failure !== undefined)?.failure;

/** Cases that have been gone over. */
export const casesDone = ({ results }: Subject): number => results.reduce((sum, { job }) => sum + job.runs, 0);

function secondsPerCase(subject: Subject): number {
  return subject.results.reduce((sum, { seconds }) => sum + seconds.cases, 0) / Math.max(1, casesDone(subject));
}

/** Seconds of work that are left, by the time that cases took so far; undefined while nothing is known. */
export function secondsLeft(subjects: readonly Subject[]): number | undefined {
  const known = subjects.filter(({ results }) => results.length > 0);
  if (known.length === 0) return undefined;
  const mean = (f: (subject: Subject) => number): number =>
    known.reduce((sum, subject) => sum + f(subject), 0) / known.length;
  const once = mean(({ results }) => results[0]!.seconds.once);
  const perCase = mean(secondsPerCase);
  return subjects.reduce((sum, subject) => {
    if (failureIn(subject) !== undefined) return sum;
    const started = subject.results.length > 0;
    const left = subject.runs - casesDone(subject);
    return sum + left * (started ? secondsPerCase(subject) : perCase) + (started ? 0 : once);
  }, 0);
}
