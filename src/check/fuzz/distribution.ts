import type { Draw } from '../../graph/op.ts';
import { mul } from '../../ops/index.ts';
import { type Subject, subjectOf } from '../subject.ts';
import type { OperatorCase } from './operator-campaign.ts';

/**
 * Where an operator is tried: at points of its own kind, or for inputs that may be anything at whole numbers, zeros,
 * distinct or very large and small numbers; on ties for inputs that are otherwise kept apart.
 */
export const distributions = ['own', 'integers', 'zeros', 'distinct', 'huge', 'tiny', 'onKink'] as const;
export type Distribution = (typeof distributions)[number];

const draws: { readonly [D in Distribution]?: Draw } = {
  integers: { kind: 'integers', low: -8, high: 8 },
  zeros: { kind: 'integers', low: 0, high: 0 },
  distinct: { kind: 'distinct' },
};
const ties: Draw = { kind: 'integers', low: 0, high: 1 };

/** Exact powers of two: far from 1, and no product of a few of them leaves the range of doubles or loses bits. */
const scales: { readonly [D in Distribution]?: number } = { huge: 2 ** 40, tiny: 2 ** -40 };

/** The operator in a case's geometry, its inputs drawn as the distribution says where they may be. */
export function subjectIn({
  op,
  drawn,
  distribution,
}: Omit<OperatorCase, 'seed'> & { readonly op: Parameters<typeof subjectOf>[0] }): Subject {
  const subject = subjectOf(op, drawn);
  const isFree = ({ degree, draw }: Subject['operands'][number]): boolean =>
    degree !== undefined && degree !== 'smooth' && draw.kind === 'dyadic';
  const scale = scales[distribution];
  if (scale !== undefined) {
    const scaled = new Set(subject.operands.filter(isFree).map(({ name }) => name));
    return {
      ...subject,
      build: (operands, g) => {
        const far = Object.entries(operands).map(([name, x]) => [name, scaled.has(name) ? mul(x, scale) : x] as const);
        return subject.build(Object.fromEntries(far), g);
      },
    };
  }
  const operands = subject.operands.map((operand) => {
    if (distribution === 'onKink') return operand.draw.kind === 'distinct' ? { ...operand, draw: ties } : operand;
    return isFree(operand) ? { ...operand, draw: draws[distribution] ?? operand.draw } : operand;
  });
  return { ...subject, operands };
}
