import type { OpTable } from '../../graph/op.ts';
import { ops } from '../../ops/index.ts';
import { bridgeOperators } from '../foreign/bridge/operators.ts';
import type { Campaign } from '../fuzz/campaign.ts';
import { checkProgram } from './check-program.ts';
import { idioms } from './idioms.ts';
import { compositeParts, operatorPart } from './part.ts';
import { programsOf, type RandomProgram } from './random-program.ts';

export interface ProgramCampaignOptions {
  /** How often programs are differentiated, at most 2; 2 unless given. */
  readonly order?: number;
  /** The operators; all that there are unless given. */
  readonly table?: OpTable;
}

/**
 * Random programs over all operators and many functions made of them. Which of the checks a program gets follows from its
 * seed: every one the compiled backend, others one or more of passes, round trips, threads, differences and second derivatives.
 */
export function programCampaign({ order = 2, table = ops }: ProgramCampaignOptions = {}): Campaign<RandomProgram> {
  const parts = [...Object.values(table).map(operatorPart), ...compositeParts(bridgeOperators), ...idioms];
  const byName = new Map(parts.map((part) => [part.name, part]));
  return {
    name: 'programs',
    kind: 'program',
    cases: programsOf(parts),
    check: (program) => checkProgram(program, byName, { order, table }),
    show: ({ steps, dtype, distribution, seed }) =>
      [steps.map(({ part }) => part).join(' → '), dtype, distribution, `seed ${seed}`].join('  '),
  };
}
