import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { EinsumShape } from '../../types/einsum-shape.ts';
import { composite } from '../composite.ts';
import { readEquation } from './einsum-equation.ts';
import { contract, diagonal, keepOnly, type Labelled, ordered, withoutOnes } from './labelled.ts';

/**
 * Sums of products by Einstein's convention: `einsum('bij,bjk->bik', [a, b])`. A letter names an axis, the same letter the
 * same size (or 1, which broadcasts); what the result does not name is summed over. Twice in one term it is the diagonal.
 * `...` stands for any axes, which broadcast. Without `->` the result has the ellipsis, then what stands in one place only,
 * in the order of the alphabet. Operands are joined from left to right, by matrix products where they can be.
 *
 * @throws CotangentError `einsum/equation`, `einsum/rank`, or `einsum/sizes` where a letter has two sizes.
 */
export const einsum: <const E extends string, const T extends readonly Tensor[]>(
  equation: E,
  operands: T,
) => Tensor<EinsumShape<E, T>, T[number]['dtype']> = typed((equation: string, operands: readonly Tensor[]) =>
  composite('einsum', Object.fromEntries(operands.map((x, k) => [`x${k}`, x])), () => {
    const { operands: terms, output } = readEquation(equation, operands);
    const named = terms.map((labels, k) => ({ x: operands[k]!, labels }));
    checkSizes(equation, named);
    const [first, ...rest] = named.map(diagonal);
    const joined = rest.reduce<Labelled>((a, b, k) => {
      const later = (label: string): boolean =>
        output.includes(label) || rest.slice(k + 1).some(({ labels }) => labels.includes(label));
      const [left, right] = [withoutOnes(a, b), withoutOnes(b, a)];
      return contract(
        keepOnly(left, (label) => later(label) || right.labels.includes(label)),
        keepOnly(right, (label) => later(label) || left.labels.includes(label)),
        later,
      );
    }, first!);
    return ordered(
      keepOnly(joined, (label) => output.includes(label)),
      output,
    ).x;
  }),
);

function checkSizes(equation: string, operands: readonly Labelled[]): void {
  const sizes = new Map<string, number>();
  for (const { x, labels } of operands)
    for (const [axis, label] of labels.entries()) {
      const size = x.shape[axis]!;
      const known = sizes.get(label) ?? 1;
      const within = labels.indexOf(label) === axis ? size : x.shape[labels.indexOf(label)]!;
      if ((size !== known && size !== 1 && known !== 1) || size !== within)
        fail(
          'einsum/sizes',
          `'${label.replace(/…\d+/, '...')}' in '${equation}' has the sizes ${size === within ? known : within} and ${size}`,
          'give axes of one letter one size; between operands, 1 broadcasts.',
        );
      if (known === 1) sizes.set(label, size);
    }
}
