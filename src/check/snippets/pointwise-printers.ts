import type { AnyOp, Op } from '../../graph/op.ts';
import { absOp } from '../../ops/pointwise/abs.ts';
import { addOp } from '../../ops/pointwise/add.ts';
import { atanOp } from '../../ops/pointwise/atan.ts';
import { cosOp } from '../../ops/pointwise/cos.ts';
import { divOp } from '../../ops/pointwise/div.ts';
import { erfOp } from '../../ops/pointwise/erf.ts';
import { expOp } from '../../ops/pointwise/exp.ts';
import { expm1Op } from '../../ops/pointwise/expm1.ts';
import { fmodOp } from '../../ops/pointwise/fmod.ts';
import { logOp } from '../../ops/pointwise/log.ts';
import { log1pOp } from '../../ops/pointwise/log1p.ts';
import { maximumOp } from '../../ops/pointwise/maximum.ts';
import { minimumOp } from '../../ops/pointwise/minimum.ts';
import { mulOp } from '../../ops/pointwise/mul.ts';
import { negOp } from '../../ops/pointwise/neg.ts';
import { powOp } from '../../ops/pointwise/pow.ts';
import { selectOp } from '../../ops/pointwise/select.ts';
import { sinOp } from '../../ops/pointwise/sin.ts';
import { sqrtOp } from '../../ops/pointwise/sqrt.ts';
import { subOp } from '../../ops/pointwise/sub.ts';
import { tanhOp } from '../../ops/pointwise/tanh.ts';
import { type Printers, printed } from './printer.ts';

/** A function that goes by nearly the same name everywhere. */
function named<I extends string>(
  op: Op<I, object>,
  args: readonly I[],
  { jnp = op.name, tf = op.name }: { readonly jnp?: string; readonly tf?: string | undefined } = {},
): readonly [AnyOp, Printers] {
  const call = (f: string) => (): string => `${f}(${args.join(', ')})`;
  return printed(op, {
    pytorch: call(`torch.${op.name}`),
    jax: call(jnp.includes('.') ? jnp : `jnp.${jnp}`),
    tfjs: call(`tf.${tf}`),
  });
}

/** Functions of single elements. */
export const pointwisePrinters: readonly (readonly [AnyOp, Printers])[] = [
  named(absOp, ['x']),
  named(addOp, ['a', 'b']),
  named(atanOp, ['x'], { jnp: 'arctan' }),
  named(cosOp, ['x']),
  named(divOp, ['a', 'b'], { jnp: 'divide' }),
  named(erfOp, ['x'], { jnp: 'jax.scipy.special.erf' }),
  named(expOp, ['x']),
  named(expm1Op, ['x']),
  printed(fmodOp, { pytorch: () => 'torch.fmod(a, b)', jax: () => 'jnp.fmod(a, b)' }),
  named(logOp, ['x']),
  named(log1pOp, ['x']),
  named(maximumOp, ['a', 'b']),
  named(minimumOp, ['a', 'b']),
  named(mulOp, ['a', 'b'], { jnp: 'multiply' }),
  named(negOp, ['x'], { jnp: 'negative' }),
  named(powOp, ['x', 'exponent'], { jnp: 'power' }),
  printed(selectOp, {
    pytorch: () => 'torch.where(condition, a, b)',
    jax: () => 'jnp.where(condition, a, b)',
    tfjs: () => 'tf.where(condition, a, b)',
  }),
  named(sinOp, ['x']),
  named(sqrtOp, ['x']),
  named(subOp, ['a', 'b'], { jnp: 'subtract' }),
  named(tanhOp, ['x']),
];
