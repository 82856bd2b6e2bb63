import type { FloatDType } from '../../graph/dtype.ts';
import { CotangentError } from '../../graph/error.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { add, concat, div, exp, log, mul, slice, sub } from '../../ops/index.ts';
import type { Image } from '../layers/image.ts';

/** Boxes [K, 5], each (image, x1, y1, x2, y2). */
type Boxes<K extends number, D extends FloatDType> = Tensor<readonly [K, 5], D>;

/**
 * How boxes must move to become others, [K, 4]: the centre's way in widths and heights of the box, and the logarithms of the
 * factors of width and height, (dx, dy, dw, dh) (Girshick et al. 2014, appendix C). The boxes must not be empty.
 *
 * @throws CotangentError `region/shifts`.
 */
export function boxShifts<K extends number, D extends FloatDType>(
  from: Boxes<K, D>,
  to: Boxes<K, D>,
): Tensor<[K, 4], D> {
  check('boxShifts', from, 5, to, 5);
  const [a, b] = [middle(from), middle(to)];
  const parts = [
    div(sub(b.x, a.x), a.width),
    div(sub(b.y, a.y), a.height),
    log(div(b.width, a.width)),
    log(div(b.height, a.height)),
  ];
  return concat(parts, 1) as Tensor<[K, 4], D>;
}

/**
 * Boxes moved by shifts [K, 4], the inverse of {@link boxShifts}; each keeps its image.
 *
 * @throws CotangentError `region/shifts`.
 */
export function shiftBoxes<K extends number, D extends FloatDType>(
  boxes: Boxes<K, D>,
  shifts: Tensor<readonly [K, 4], D>,
): Tensor<[K, 5], D> {
  check('shiftBoxes', boxes, 5, shifts, 4);
  const { x, y, width, height } = middle(boxes);
  const by = (k: number): Image => column(shifts, k);
  const halves = [mul(exp(by(2)), mul(width, 0.5)), mul(exp(by(3)), mul(height, 0.5))] as const;
  const [cx, cy] = [add(x, mul(by(0), width)), add(y, mul(by(1), height))];
  const edges = [sub(cx, halves[0]), sub(cy, halves[1]), add(cx, halves[0]), add(cy, halves[1])];
  return concat([column(boxes, 0), ...edges], 1) as Tensor<[K, 5], D>;
}

const column = (t: Tensor, k: number): Image =>
  slice(t, { starts: [0, k], limits: [t.shape[0]!, k + 1] }) as Tensor as Image;

function middle(boxes: Tensor): { readonly [name in 'x' | 'y' | 'width' | 'height']: Image } {
  const [x1, y1, x2, y2] = [1, 2, 3, 4].map((k) => column(boxes, k)) as [Image, Image, Image, Image];
  return { x: mul(add(x1, x2), 0.5), y: mul(add(y1, y2), 0.5), width: sub(x2, x1), height: sub(y2, y1) };
}

function check(what: string, a: Tensor, columns: number, b: Tensor, others: number): void {
  const fits = (t: Tensor, n: number): boolean => t.shape.length === 2 && t.shape[1] === n;
  if (fits(a, columns) && fits(b, others) && a.shape[0] === b.shape[0]) return;
  throw new CotangentError({
    code: 'region/shifts',
    summary: `${what}: [${a.shape}] and [${b.shape}]`,
    fix: `give [K, ${columns}] and [K, ${others}] of one K: boxes are (image, x1, y1, x2, y2), shifts (dx, dy, dw, dh).`,
  });
}
