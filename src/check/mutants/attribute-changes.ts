import type { AnyOp } from '../../graph/op.ts';
import { leavesOf, type Path, withLeaf } from './leaves.ts';
import type { Mistake } from './mutant.ts';

/** Strings that an operator's attributes are known to take, by path. */
export type Alternatives = (op: AnyOp, path: Path) => readonly string[];

/** One wrong reading of an operator's attributes. */
export interface AttributeChange {
  /** The attribute at the top level. */
  readonly attribute: string;
  readonly mistake: Mistake;
  readonly name: string;
  readonly attributes: object;
}

/** Every number one more, one less, forgotten (0 or 1) or mistaken for its neighbour; every flag flipped; every word another. */
export function attributeChanges(op: AnyOp, attributes: object, alternatives: Alternatives): AttributeChange[] {
  const leaves = leavesOf(attributes).filter(([path]) => path.length > 0);
  const changes = leaves.flatMap(([path, leaf]) => {
    const neighbours = leaves
      .filter(([other]) => isNeighbour(path, other))
      .map(([other, value]) => [other, value] as const);
    return replacementsFor(leaf, alternatives(op, path), neighbours).map(({ mistake, how, value }) => ({
      attribute: String(path[0]),
      mistake,
      name: `${path.join('.')} ${how}`,
      attributes: withLeaf(attributes, path, () => value) as object,
    }));
  });
  return [...changes, ...shifts(attributes, leaves), ...reversals(attributes)];
}

function replacementsFor(
  leaf: unknown,
  words: readonly string[],
  neighbours: readonly (readonly [Path, unknown])[],
): { readonly mistake: Mistake; readonly how: string; readonly value: unknown }[] {
  if (typeof leaf === 'boolean') return [{ mistake: 'attribute', how: 'flipped', value: !leaf }];
  if (typeof leaf === 'string')
    return words
      .filter((word) => word !== leaf)
      .map((word) => ({ mistake: 'attribute', how: `becomes ${word}`, value: word }));
  if (typeof leaf !== 'number' || !Number.isFinite(leaf)) return [];
  const replacements: { readonly mistake: Mistake; readonly how: string; readonly value: unknown }[] = [
    { mistake: 'index shift', how: '+ 1', value: leaf + 1 },
    { mistake: 'index shift', how: '− 1', value: leaf - 1 },
    { mistake: 'attribute', how: 'forgotten: 0', value: 0 },
    { mistake: 'attribute', how: 'forgotten: 1', value: 1 },
    ...neighbours.map(([path, value]) => ({
      mistake: 'attribute' as const,
      how: `mistaken for ${path.join('.')}`,
      value,
    })),
  ];
  return replacements.filter(({ value }) => value !== leaf && typeof value === 'number');
}

/** Leaves side by side in one record or list, or of one name in records side by side. */
const isNeighbour = (a: Path, b: Path): boolean =>
  a.length === b.length && a.filter((part, i) => part !== b[i]).length === 1;

/** Pairs that keep their sum, such as paddings low and high, and pairs that change places. */
function shifts(attributes: object, leaves: readonly (readonly [Path, unknown])[]): AttributeChange[] {
  const numbers = leaves.filter((leaf): leaf is readonly [Path, number] => Number.isFinite(leaf[1]));
  return numbers.flatMap(([a, x]) =>
    numbers
      .filter(([b]) => isNeighbour(a, b))
      .flatMap(([b, y]) => {
        const both = (mistake: Mistake, name: string, left: number, right: number): AttributeChange => ({
          attribute: String(a[0]),
          mistake,
          name: `${a.join('.')} and ${b.join('.')} ${name}`,
          attributes: withLeaf(
            withLeaf(attributes, a, () => left),
            b,
            () => right,
          ) as object,
        });
        const swapped = x !== y && a.join('.') < b.join('.') ? [both('axis swap', 'swapped', y, x)] : [];
        return [both('index shift', 'shifted', x + 1, y - 1), ...swapped];
      }),
  );
}

function reversals(attributes: object): AttributeChange[] {
  return Object.entries(attributes).flatMap(([attribute, value]) => {
    if (!Array.isArray(value) || value.length < 2) return [];
    const reversed = value.toReversed();
    if (JSON.stringify(reversed) === JSON.stringify(value)) return [];
    return [
      {
        attribute,
        mistake: 'axis swap',
        name: `${attribute} reversed`,
        attributes: { ...attributes, [attribute]: reversed },
      },
    ];
  });
}
