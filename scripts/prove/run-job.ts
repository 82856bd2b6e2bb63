import { type ProofPart, proofParts, proofsOf, type Tally } from '../../src/check/index.ts';
import { CotangentError } from '../../src/graph/error.ts';
import type { OpTable } from '../../src/graph/op.ts';
import { ops as shipped } from '../../src/ops/index.ts';
import { composites } from '../../test/conformance/composites.ts';
import { compositeProver } from '../../test/conformance/prove-composite.ts';
import type { Failure, Job, JobResult } from './job.ts';

/** Parts that do not go over the drawn cases one by one. */
const once: readonly ProofPart[] = ['record', 'degrees', 'kinks', 'mutants'];

/** Does one job. What is wrong with an operator is part of the result; only faults of the program are thrown. */
export const runJob = (job: Job, ops: OpTable = shipped): JobResult =>
  job.kind === 'operator' ? runOperator(job, ops) : runComposite(job);

function runOperator(job: Job, ops: OpTable): JobResult {
  const { seed, runs, order } = job;
  const op = ops[job.name]!;
  const { proof, parts } = proofsOf(op, { seed, runs, order, ops });
  const seconds = { cases: 0, once: 0 };
  const ended = (failure?: Failure): JobResult => {
    const { cases, tally, adjoint, kinks, mutants } = proof;
    return { job, cases, tally, adjoint, kinks, mutants, seconds, ...(failure === undefined ? {} : { failure }) };
  };
  for (const part of proofParts) {
    if (job.index > 0 && once.includes(part)) continue;
    const began = performance.now();
    try {
      parts[part]();
    } catch (error) {
      return ended(failureOf(error, `cotangent gradcheck ${op.name} --seed ${seed} --part '${part}'`));
    } finally {
      seconds[once.includes(part) ? 'once' : 'cases'] += (performance.now() - began) / 1000;
    }
  }
  return ended();
}

/** A composite has one geometry: its runs are seeds, one after the other. */
function runComposite(job: Job): JobResult {
  const tally: Tally = { exact: 0, bounded: 0, smooth: 0, retried: 0 };
  const began = performance.now();
  let cases = 0;
  let prove: ReturnType<typeof compositeProver> | undefined;
  const ended = (failure?: Failure): JobResult => ({
    job,
    cases,
    tally,
    adjoint: 0,
    kinks: 0,
    mutants: undefined,
    seconds: { cases: (performance.now() - began) / 1000, once: 0 },
    ...(failure === undefined ? {} : { failure }),
  });
  for (; cases < job.runs; cases++) {
    const seed = job.seed + cases;
    try {
      prove ??= compositeProver(job.name, composites[job.name]!, job.order);
      const found = prove(seed);
      for (const mode of ['exact', 'bounded', 'smooth', 'retried'] as const) tally[mode] += found[mode];
    } catch (error) {
      return ended(failureOf(error, `npm run prove -- --ops '${job.name}' --seed ${seed} --runs 1`));
    }
  }
  return ended();
}

function failureOf(error: unknown, replay: string): Failure {
  const message = error instanceof CotangentError || !(error instanceof Error) ? String(error) : (error.stack ?? '');
  return { message, replay: /^ *replay +(.*)$/m.exec(message)?.[1] ?? replay };
}
