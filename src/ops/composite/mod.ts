import { frontDoor } from '../front-door.ts';
import { add } from '../pointwise/add.ts';
import { align } from '../pointwise/align.ts';
import { and } from '../pointwise/and.ts';
import type { BinaryFunction } from '../pointwise/binary.ts';
import { less, notEqual } from '../pointwise/compare.ts';
import { fmod } from '../pointwise/fmod.ts';
import { select } from '../pointwise/select.ts';

/** What dividing a by b leaves, with the sign of b: a − b · ⌊a / b⌋, exactly, broadcasting like NumPy. */
export const mod: BinaryFunction = frontDoor('mod', ['a', 'b'], (first, second) => {
  const { a, b } = align('mod', first, second);
  return a.graph.scope('mod', () => {
    const rest = fmod(a, b);
    const astray = and(notEqual(rest, 0), notEqual(less(rest, 0), less(b, 0)));
    return select(astray, add(rest, b), rest);
  });
});
