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
import { erf } from './erf.ts';
import { exp } from './exp.ts';
import { expm1, tanh } from './expm1.ts';
import type { Expression } from './expression.ts';
import { log, log1p } from './log.ts';
import { pow } from './pow.ts';
import { own, widened } from './smooth.ts';
import { atan, wave } from './trigonometry.ts';

const erf32 = widened(erf);
const erf64 = byElement(['x'], 'erf');
const remainder = byElement(['a', 'b'], 'fmod');

const short = new Set([...arithmetic, ...choice].map(([op]) => op));

/** Whether an operator's code is a few instructions. */
export const isShort = (op: AnyOp): boolean => short.has(op);

/** The code of every pointwise operator, by its record. */
export const expressions: ReadonlyMap<AnyOp, Expression> = new Map<AnyOp, Expression>([
  ...arithmetic,
  ...choice,
  [expOp, own(exp)],
  [expm1Op, widened(expm1)],
  [logOp, own(log)],
  [log1pOp, own(log1p)],
  [tanhOp, widened(tanh)],
  [sinOp, widened((m, x) => wave(m, x, 'sin'))],
  [cosOp, widened((m, x) => wave(m, x, 'cos'))],
  [atanOp, widened(atan)],
  [erfOp, { inputs: ['x'], emit: (lanes, site) => (site.from === 'f32' ? erf32 : erf64).emit(lanes, site) }],
  [powOp, pow],
  [
    fmodOp,
    {
      inputs: ['a', 'b'],
      emit: (lanes, site) => (site.from === 'i32' ? integerRemainder(lanes) : remainder.emit(lanes, site)),
    },
  ],
]);
