// An operator of your own with a border, to be proved by the command line:
//   npx cotangent gradcheck examples/06-own-operator.ts
// examples/06-wrong-border.ts is the same with a mistake in its rule, which is found.
import { f64, fail, type Op, sizeOf } from 'cotangent';
import { constant, conv2d, defineOp, div, reshape } from 'cotangent/ops';

type Image = Parameters<typeof conv2d>[0];

/** The sums over all k × k windows of an image [h, w], k odd; windows reach over the border, where there is nothing. */
export function windowSums(image: Image, k: number): Image {
  const [h = 0, w = 0] = image.shape;
  const ones = constant(image.graph, f64(1, 1, k, k), Array(k * k).fill(1));
  const sums = conv2d(reshape(image, [1, 1, h, w]) as Image, ones as Image, { padding: (k - 1) / 2 });
  return reshape(sums, [h, w]);
}

/** How many elements the window around every element holds: fewer at the border. */
const counts = (image: Image, k: number): Image =>
  windowSums(constant(image.graph, image, Array(sizeOf(image.shape)).fill(1)) as Image, k);

export const averagePool: Op<'x', { readonly k: number }> = defineOp('averagePool', {
  doc: 'Averages over k × k windows of an image x[h, w], of what lies inside.',
  infer: ({ x }, { k }) =>
    x.dtype === 'f64' && x.shape.length === 2 && k % 2 === 1
      ? x
      : fail('averagePool/type', `x is ${x.dtype}[${x.shape}], k is ${k}`, 'give an image f64[h, w] and an odd k.'),
  kernel: ({ x }, { k }, y) => {
    const [h, w] = x.shape as readonly [number, number];
    const reach = (k - 1) / 2;
    for (let i = 0; i < h; i++)
      for (let j = 0; j < w; j++) {
        let sum = 0;
        let count = 0;
        for (let a = Math.max(0, i - reach); a <= Math.min(h - 1, i + reach); a++)
          for (let b = Math.max(0, j - reach); b <= Math.min(w - 1, j + reach); b++) {
            sum += x.data[a * w + b]!;
            count++;
          }
        y.data[i * w + j] = sum / count;
      }
  },
  // Every result hands its cotangent, divided by what it was divided by, to all that its window holds.
  vjp: { x: ({ x, ct }, { k }) => windowSums(div(ct as Image, counts(x as Image, k)) as Image, k) },
  degree: { x: 1 },
  // A ninth is no dyadic number: equal up to rounding.
  rounds: () => true,
  cases: (fc) =>
    fc
      .record({ h: fc.integer({ min: 1, max: 4 }), w: fc.integer({ min: 1, max: 4 }), k: fc.constantFrom(1, 3) })
      .map(({ h, w, k }) => ({ types: { x: f64(h, w) }, attributes: { k } })),
  flops: ({ y }, { k }) => k * k * sizeOf(y.shape),
  example: (g) => averagePool({ x: g.input('x', f64(3, 4)) }, { k: 3 }),
});
