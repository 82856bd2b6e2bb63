import * as fc from 'fast-check';
import { allJudges } from '../../check/mutants/judges.ts';
import { tryForward } from '../../check/mutants/try-forward.ts';
import { tryRules } from '../../check/mutants/try-rules.ts';
import { ops } from '../../ops/index.ts';
import type { MutantJob, MutantJobResult } from './mutant-job.ts';

/** Tries the mutants that a job names before all judges. */
export function runMutantJob({ op, of, seed, cases, graphs, mistakes }: MutantJob): MutantJobResult {
  const options = { seed, cases, graphs, judges: allJudges, mistakes };
  const { records, alarms } = (of === 'rules' ? tryRules : tryForward)(ops[op]!, fc, options);
  return { records, alarms };
}
