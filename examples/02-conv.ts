// Sizes are types: a small convolutional net, its gradient as graph, and sizes that do not compile.
import { conv2d, f32, GraphBuilder, grad, maxPool2d, mean, print, relu, square, type Tensor } from 'cotangent';

const g = new GraphBuilder();
const x = g.input('x', f32(8, 3, 64, 64));
const w1 = g.parameter('w1', f32(16, 3, 3, 3));
const w2 = g.parameter('w2', f32(4, 16, 5, 5));

// The annotations are not needed: they show what the compiler computes.
const a: Tensor<[8, 16, 64, 64], 'f32'> = relu(conv2d(x, w1, { padding: 1 }));
const b: Tensor<[8, 16, 32, 32], 'f32'> = maxPool2d(a, { kernel: 2 });
const c: Tensor<[8, 4, 14, 14], 'f32'> = conv2d(b, w2, { stride: 2 });

// w1 takes 3 channels, b has 16. Remove the next line and the compiler says so; at run time the same words are thrown.
// @ts-expect-error conv/channels: w reads 3 channels × 1 group = 3; x has 16
const misfit = (): Tensor => conv2d(b, w1);
try {
  misfit();
} catch (error) {
  console.log((error as Error).message);
}

const loss = mean(square(c));
const gradients = grad(loss, { w1, w2 });
const size: readonly [16, 3, 3, 3] = gradients.w1.shape;
console.log(`the gradient of w1 is [${size}]\n`);
console.log(print(g.build({ loss, ...gradients })));
