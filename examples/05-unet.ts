// A U-Net with literal sizes: defined, differentiated and trained for a few steps on generated images.
import { array, compile, concat, crossEntropy, f32, i32, maxPool2d, type Tensor } from 'cotangent';
import { adam, convLayer, convTransposeLayer, doubleConv, layer, net, randomStream, trainStep } from 'cotangent/nn';

const [batch, side, classes] = [4, 16, 2] as const;

// Parts are declared by name; the function says how images flow through them. Change a number and it no longer compiles.
const body = layer(
  {
    down1: doubleConv({ in: 1, out: 6 }),
    down2: doubleConv({ in: 6, out: 12 }),
    bottleneck: doubleConv({ in: 12, out: 24 }),
    expand2: convTransposeLayer({ in: 24, out: 12, kernel: 2, stride: 2 }),
    up2: doubleConv({ in: 24, out: 12 }),
    expand1: convTransposeLayer({ in: 12, out: 6, kernel: 2, stride: 2 }),
    up1: doubleConv({ in: 12, out: 6 }),
    head: convLayer({ in: 6, out: classes, kernel: 1 }),
  },
  (l) => (x: Tensor<readonly [typeof batch, 1, typeof side, typeof side], 'f32'>) => {
    const skip1 = l.down1(x);
    const skip2 = l.down2(maxPool2d(skip1, { kernel: 2 }));
    const deepest: Tensor<[4, 24, 4, 4], 'f32'> = l.bottleneck(maxPool2d(skip2, { kernel: 2 }));
    const y2 = l.up2(concat([l.expand2(deepest), skip2], 1));
    const y1 = l.up1(concat([l.expand1(y2), skip1], 1));
    const scores: Tensor<[4, 2, 16, 16], 'f32'> = l.head(y1);
    return scores;
  },
);
// `unet({ inChannels: 1, classes: 2, width: 6, depth: 2 })` is the same net for images of any size.
const model = net('unet', { width: 6, depth: 2 }, body);

const step = trainStep({
  net: model,
  optimizer: adam(),
  x: f32(batch, 1, side, side),
  target: i32(batch, side, side),
  loss: (logits, target) => crossEntropy(logits, target),
});
const executable = compile(step.graph);
for (const [name, value] of Object.entries(step.initial(1))) executable.write(name, value);
console.log(`${Object.keys(step.parameterTypes).length} parameters, ${step.graph.nodes.length} nodes in a step`);

const { uniform, normal } = randomStream(7, 'discs');
const learningRate = array(f32(), [0.01]);
for (let k = 1; k <= 20; k++) {
  const { loss } = executable.run({ ...discs(), learningRate });
  if (k === 1 || k % 5 === 0) console.log(`step ${k}: loss ${loss!.item().toFixed(4)}`);
}

/** Noisy images of a bright disc each, and which pixels are inside. */
function discs() {
  const x = array(f32(batch, 1, side, side));
  const target = array(i32(batch, side, side));
  for (let n = 0; n < batch; n++) {
    const [cy, cx, r] = [4 + 8 * uniform(), 4 + 8 * uniform(), 2 + 3 * uniform()];
    for (let i = 0; i < side * side; i++) {
      const inside = Math.hypot(Math.floor(i / side) - cy, (i % side) - cx) < r;
      target.data[n * side * side + i] = inside ? 1 : 0;
      x.data[n * side * side + i] = (inside ? 1 : 0) + 0.3 * normal();
    }
  }
  return { x, target };
}
