// A mistake, on purpose: the rule divides by k² everywhere, also at the border, where windows hold fewer elements.
//   npx cotangent gradcheck examples/06-wrong-border.ts
// names the smallest image that shows it: one element.
import type { Op } from 'cotangent';
import { defineOp, div } from 'cotangent/ops';
import { averagePool, windowSums } from './06-own-operator.ts';

export const wrongPool: Op<'x', { readonly k: number }> = defineOp('wrongPool', {
  ...averagePool,
  vjp: { x: ({ ct }, { k }) => div(windowSums(ct, k), k * k) },
  example: (g) => wrongPool({ x: g.input('x', { dtype: 'f64', shape: [3, 4] }) }, { k: 3 }),
});
