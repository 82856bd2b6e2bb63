import type { Arrays } from '../../backends/backend.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { dot } from '../compare.ts';
import type { Failure } from '../fuzz/campaign.ts';
import type { Inquiry } from './check-external.ts';
import { indexText } from './disagreement.ts';
import { measureSides } from './measure.ts';

/** Small against the distance of the integers on which ties are drawn. */
const step = 1 / 8;

/** What became of a gradient at a kink; with the direction that shows the fault. */
interface SubgradientCheck {
  readonly compared: number;
  readonly step: number;
  readonly failure?: Failure;
  readonly along?: Arrays;
}

/**
 * Whether a gradient at a kink is a subgradient of a convex (or concave) piecewise linear function: along every direction
 * it lies between the one-sided derivatives. Along all elements at once these are equal, so the cotangent has to be handed
 * out whole and once, however ties are broken.
 */
export async function checkSubgradient(
  { values, moved, epsilon, functional }: Inquiry,
  gradients: Arrays,
  u: NdArray,
): Promise<SubgradientCheck> {
  const phi = functional(u);
  let compared = 0;
  const all = Object.fromEntries(
    moved.map(({ name, at }) => [name, array(at, new Float64Array(at.data.length).fill(1))]),
  );
  const singles = moved.flatMap(({ name, at }) =>
    Array.from(at.data, (_, i) => {
      const along = array(at);
      along.data[i] = 1;
      return { along: { [name]: along }, label: `d${name}[${indexText(i, at.shape)}]` };
    }),
  );
  for (const { along, label } of [{ along: all, label: 'the sum of the gradient' }, ...singles]) {
    const { left, right, size } = await measureSides(values, along, step, phi);
    const analytic = Object.entries(along).reduce((sum, [name, d]) => sum + dot(gradients[name]!, d), 0);
    compared++;
    const [least, most] = [Math.min(left, right), Math.max(left, right)];
    const tolerance = epsilon * size;
    if (analytic >= least - tolerance && analytic <= most + tolerance) continue;
    const bounds = least === most ? `must be ${least}` : `must lie between ${least} and ${most}`;
    const details = Object.entries(gradients).map(([name, gradient]) => `gradient       ${name} ${gradient}`);
    return { compared, step, along, failure: { summary: `at a tie, ${label} is ${analytic}, ${bounds}`, details } };
  }
  return { compared, step };
}
