// RoI pooling rounds a box to whole pixels; RoI align reads between them, so it can be told which way a box should move (operators.md 16, 17).
import * as ct from 'cotangent';
import * as nn from 'cotangent/nn';

// Brightness grows to the right, so a box that moves to the right gets brighter: by RoI align, that is.
const g = new ct.GraphBuilder();
const ramp = g.input('ramp', ct.f64(1, 1, 8, 8));
const box = g.input('box', ct.f64(1, 5));
const pooled = ct.grad(ct.sum(ct.roiPool(ramp, box, { outputSize: 2 })), box);
const aligned = ct.grad(ct.sum(ct.roiAlign(ramp, box, { outputSize: 2 })), box);
const slopes = ct.compile(g.build({ pooled, aligned })).run({
  ramp: ct.array(
    ct.f64(1, 1, 8, 8),
    Array.from({ length: 64 }, (_, i) => i % 8),
  ),
  box: ct.array(ct.f64(1, 5), [0, 1.25, 1.25, 5.5, 5.5]),
});
for (const [name, { data }] of Object.entries(slopes))
  console.log(`${name}: d/d(x1 y1 x2 y2) = ${data.slice(1).join(' ')}`);

// A head that moves a box in the middle of every image to the bright square that is somewhere there.
const [count, side] = [16, 20] as const;
const middle = Array.from({ length: count }, (_, n) => [n, 5, 5, 15, 15]).flat();
const start = (x: ct.Tensor): ct.Tensor<[16, 5], 'f32'> => ct.constant(x.graph, ct.f32(count, 5), middle);
const head = nn.roiHead({ in: 1, classes: 1, bins: 5, hidden: 32 });
const model = nn.net(
  'mover',
  {},
  nn.layer({ head }, (l) => (x: ct.Tensor<[16, 1, 20, 20], 'f32'>) => l.head(x, start(x)).shifts),
);

/** Noisy images, and where the square is. */
function squares(seed: number) {
  const { uniform, normal } = nn.randomStream(seed, 'squares');
  const [x, target] = [ct.array(ct.f32(count, 1, side, side)), ct.array(ct.f32(count, 5))];
  for (let n = 0; n < count; n++) {
    const [left, top, size] = [4 + 4 * uniform(), 4 + 4 * uniform(), 6 + 3 * uniform()];
    target.data.set([n, left, top, left + size, top + size], 5 * n);
    for (let i = 0; i < side * side; i++) {
      const [r, c] = [Math.floor(i / side) - top, (i % side) - left];
      x.data[n * side * side + i] = (r >= 0 && r < size && c >= 0 && c < size ? 1 : 0) + 0.1 * normal();
    }
  }
  return { x, target };
}

const step = nn.trainStep({
  net: model,
  optimizer: nn.adam(),
  x: ct.f32(count, 1, side, side),
  target: ct.f32(count, 5),
  loss: (shifts, target) =>
    ct.mse(shifts as ct.Tensor<[16, 4], 'f32'>, nn.boxShifts(start(shifts), target as ct.Tensor<[16, 5], 'f32'>)),
});
const learning = ct.compile(step.graph, { backend: ct.wasm });
for (const [name, value] of Object.entries(step.initial(1))) learning.write(name, value);
for (let k = 0; k < 100; k++) learning.run({ ...squares(k), learningRate: ct.array(ct.f32(), [0.003]) });

const h = new ct.GraphBuilder();
const shifts = model.apply(h.input('x', ct.f32(count, 1, side, side)), nn.declareParameters(h, model.parameterTypes));
const moved = ct.compile(h.build({ boxes: nn.shiftBoxes(start(shifts), shifts as ct.Tensor<[16, 4], 'f32'>) }));
for (const name of Object.keys(model.parameterTypes)) moved.write(name, learning.read(name));
learning.close();
const { x, target } = squares(1000);
const off = (boxes: ArrayLike<number>): number =>
  target.data.reduce((total, edge, i) => total + Math.abs(edge - boxes[i]!), 0) / (4 * count);
const [before, after] = [off(middle), off(moved.run({ x }).boxes!.data)];
console.log(`edges are off by ${before.toFixed(2)} pixels before and ${after.toFixed(2)} after: ${after < before / 2}`);
