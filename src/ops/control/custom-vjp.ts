import { missing, type Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';

/**
 * The record of `customVjp`: the identity on `result`. The function of that name in the autodiff folder replaces the
 * rules by the caller's; this record is what a file names, and a file cannot keep code.
 */
export const customVjpOp: Op<'result' | `x${number}`> = defineOp('customVjp', {
  doc: 'result, with a gradient rule given as code in place of those of the operators that made it.',
  infer: ({ result }) => result,
  kernel: ({ result }, _, y) => {
    y.data.set(result.data);
  },
  vjp: {
    result: missing('the rule was code, which files do not keep'),
    x: missing('the rule was code, which files do not keep'),
  },
  degree: {},
  variadic: ['x'],
  cases: (fc) => fc.constant({ types: { result: f64(2, 3) }, attributes: {} }),
  reach: (types) => {
    const read = Object.keys(types).filter((key) => key.startsWith('x'));
    return {
      ...Object.fromEntries(read.map((key) => [key, { kind: 'none' }])),
      ...eachElement({ y: types.y, result: types.result }),
    };
  },
  flops: () => 0,
  example: (g) => customVjpOp({ result: g.input('result', f64(2, 3)) }, {}),
});
