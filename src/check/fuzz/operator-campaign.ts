import * as fc from 'fast-check';
import type { Backend } from '../../backends/backend.ts';
import { CotangentError } from '../../graph/error.ts';
import type { AnyOp, Case } from '../../graph/op.ts';
import { showType } from '../../graph/type.ts';
import { gradcheckerOf } from '../checker.ts';
import type { Report } from '../report.ts';
import { pointOf } from '../snippets/point-of.ts';
import { operatorSnippets } from '../snippets/snippets-of.ts';
import { attributeWords } from './attribute-words.ts';
import type { Campaign, Failure, Snippet } from './campaign.ts';
import { type Distribution, distributions, subjectIn } from './distribution.ts';
import { outcomeOf } from './outcome-of.ts';

/** An operator in one geometry, at the point that follows from the seed and the distribution. */
export interface OperatorCase {
  readonly drawn: Case<string, object>;
  readonly seed: number;
  readonly distribution: Distribution;
}

/** What an operator's campaign asks for. */
export interface OperatorCampaignOptions {
  /** How many times to differentiate; 1 unless given. */
  readonly order?: number;
  /** What runs the graphs; whichever is sooner done unless given. */
  readonly backend?: Backend;
}

/** An operator's gradients in ever new geometries, mostly at points of its own kind. */
export const operatorCampaign = (
  op: AnyOp,
  { order = 1, backend }: OperatorCampaignOptions = {},
): Campaign<OperatorCase> => ({
  name: op.name,
  kind: 'operator',
  cases: fc.record({
    drawn: op.cases(fc),
    seed: fc.nat(0xffff),
    // The first is what shrinking tries first.
    distribution: fc.oneof(
      { weight: distributions.length, arbitrary: fc.constant(distributions[0]) },
      ...distributions.slice(1).map((one) => ({ weight: 1, arbitrary: fc.constant(one) })),
    ),
  }),
  check: ({ drawn, seed, distribution }) => {
    const dtypes = new Set(Object.values(drawn.types).map(({ dtype }) => dtype));
    const report = (where: Distribution): Report =>
      gradcheckerOf(subjectIn({ op, drawn, distribution: where }), {
        order: where === 'onKink' ? 1 : order,
        kinks: where === 'onKink' ? 'one-sided' : 'avoid',
        ...(backend && { backend }),
      })(seed);
    const covers = [op.name, ...attributeWords(drawn.attributes), ...dtypes];
    const show = (failure: Failure): Snippet[] => {
      const { operands } = subjectIn({ op, drawn, distribution });
      const wrt = operands.flatMap(({ name, degree }) => (degree === undefined ? [] : [name]));
      const { attributes } = drawn;
      return operatorSnippets(op, { values: pointOf(operands, seed), attributes, wrt, seed }, failure);
    };
    try {
      return outcomeOf(covers, report(distribution), show);
    } catch (error) {
      // Some operators refuse numbers that are not of their own kind.
      if (!(error instanceof CotangentError) || distribution === 'own') throw error;
      return outcomeOf(covers, report('own'), show);
    }
  },
  show: ({ drawn: { types, attributes }, seed, distribution }) =>
    [
      ...Object.entries(types).map(([name, type]) => `${name} ${showType(type)}`),
      JSON.stringify(attributes),
      ...(distribution === 'own' ? [] : [distribution]),
      `seed ${seed}`,
    ].join('  '),
});
