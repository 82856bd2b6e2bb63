import type { AnyOp } from '../../../../../graph/op.ts';
import { atanOp } from '../../../../../ops/pointwise/atan.ts';
import { cosOp } from '../../../../../ops/pointwise/cos.ts';
import { erfOp } from '../../../../../ops/pointwise/erf.ts';
import { expOp } from '../../../../../ops/pointwise/exp.ts';
import { expm1Op } from '../../../../../ops/pointwise/expm1.ts';
import { fmodOp } from '../../../../../ops/pointwise/fmod.ts';
import { logOp } from '../../../../../ops/pointwise/log.ts';
import { log1pOp } from '../../../../../ops/pointwise/log1p.ts';
import { powOp } from '../../../../../ops/pointwise/pow.ts';
import { sinOp } from '../../../../../ops/pointwise/sin.ts';
import { tanhOp } from '../../../../../ops/pointwise/tanh.ts';
import { arithmetic } from './arithmetic.ts';
import { byElement, integerRemainder } from './by-element.ts';
import { choice } from './choice.ts';
import type { Expression } from './expression.ts';

const remainder = byElement(['a', 'b'], 'fmod');

/** The code of every pointwise operator, by its record. */
export const expressions: ReadonlyMap<AnyOp, Expression> = new Map<AnyOp, Expression>([
  ...arithmetic,
  ...choice,
  [expOp, byElement(['x'], 'exp')],
  [expm1Op, byElement(['x'], 'expm1')],
  [logOp, byElement(['x'], 'log')],
  [log1pOp, byElement(['x'], 'log1p')],
  [tanhOp, byElement(['x'], 'tanh')],
  [sinOp, byElement(['x'], 'sin')],
  [cosOp, byElement(['x'], 'cos')],
  [atanOp, byElement(['x'], 'atan')],
  [erfOp, byElement(['x'], 'erf')],
  [powOp, byElement(['x', 'exponent'], 'pow')],
  [
    fmodOp,
    {
      inputs: ['a', 'b'],
      emit: (lanes, site) => (site.from === 'i32' ? integerRemainder(lanes) : remainder.emit(lanes, site)),
    },
  ],
]);
