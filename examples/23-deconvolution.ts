// Transposed convolution is the adjoint of a convolution and not its inverse; deconvolution estimates the inverse (operators.md 24).
import { array, compile, conv2d, convTranspose2d, deconvolve, f64, GraphBuilder, mul, sum } from 'cotangent';
import { randomStream } from 'cotangent/nn';

const side = 24;
const g = new GraphBuilder();
const x = g.input('x', f64(1, 1, side, side));
const u = g.input('u', f64(1, 1, side, side));
const w = g.input('w', f64(1, 1, 3, 3));
const padding = 1;
const y = conv2d(x, w, { padding });
const back = convTranspose2d(y, w, { padding });
const run = compile(
  g.build({
    y,
    transposed: back,
    10: deconvolve(y, w, { padding, iterations: 10 }),
    40: deconvolve(y, w, { padding, iterations: 40 }),
    left: sum(mul(y, u)),
    right: sum(mul(x, convTranspose2d(u, w, { padding }))),
  }),
);

// A bright square and a dark one on grey, blurred by a kernel of 1 6 1: few bits, so that nothing is rounded.
const { uniform } = randomStream(1, 'u');
const whole = (f: (r: number, c: number) => number) =>
  array(
    f64(1, 1, side, side),
    Array.from({ length: side * side }, (_, i) => f(Math.floor(i / side), i % side)),
  );
const inside = (r: number, c: number, from: number, to: number) => r >= from && r < to && c >= from && c < to;
const scene = whole((r, c) => (inside(r, c, 4, 11) ? 8 : inside(r, c, 12, 20) ? 2 : 4));
const taps = [1, 6, 1];
const results = run.run({
  x: scene,
  u: whole(() => Math.floor(9 * uniform()) - 4),
  w: array(
    f64(1, 1, 3, 3),
    taps.flatMap((a) => taps.map((b) => (a * b) / 64)),
  ),
});

const [left, right] = [results.left!.item(), results.right!.item()];
console.log(`⟨Wx, u⟩ = ${left}, ⟨x, Wᵀu⟩ = ${right}: the adjoint, exactly: ${left === right}`);

const length = (values: ArrayLike<number>): number => Math.hypot(...Array.from(values));
const off = (name: string): number =>
  length(results[name]!.data.map((value: number, i: number) => value - scene.data[i]!)) / length(scene.data);
console.log(`blurred: ${(100 * off('y')).toFixed(1)} % off`);
console.log(`transposed: ${(100 * off('transposed')).toFixed(1)} % off, further: ${off('transposed') > off('y')}`);
for (const steps of ['10', '40'])
  console.log(`${steps} steps of least squares: ${(100 * off(steps)).toFixed(2)} % off`);
console.log(`least squares comes ten times nearer: ${off('40') < off('y') / 10}`);
