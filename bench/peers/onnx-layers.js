/**
 * Layers as ONNX nodes, each with its gradient: a function from the cotangent of the result to those of the inputs.
 * ONNX has no gradients; these are what a skilled user would write.
 */

const square = (n) => [n, n, n, n];
const swapped = (m, x) => m.node('Transpose', [x], { perm: [1, 0, 2, 3] });
const channelSums = (m, x) => m.node('ReduceSum', [x, m.integers([0, 2, 3])], { keepdims: 0 });

/** Correlation of stride 1. */
export function conv(m, x, w, b, { pad, dilation = 1 }) {
  const geometry = { pads: square(pad), dilations: [dilation, dilation] };
  const y = m.node('Conv', b === undefined ? [x, w] : [x, w, b], geometry);
  const pullBack = (ct, wantsX = true) => ({
    x: wantsX ? m.node('ConvTranspose', [ct, w], geometry) : undefined,
    w: swapped(
      m,
      m.node('Conv', [swapped(m, x), swapped(m, ct)], { pads: square(pad), strides: [dilation, dilation] }),
    ),
    b: b === undefined ? undefined : channelSums(m, ct),
  });
  return { y, pullBack };
}

/** Transposed convolution. */
export function convTranspose(m, x, w, b, { stride, pad }) {
  const geometry = { pads: square(pad), strides: [stride, stride] };
  const y = m.node('ConvTranspose', b === undefined ? [x, w] : [x, w, b], geometry);
  const pullBack = (ct) => ({
    x: m.node('Conv', [ct, w], geometry),
    w: swapped(m, m.node('Conv', [swapped(m, ct), swapped(m, x)], { pads: square(pad), dilations: [stride, stride] })),
    b: b === undefined ? undefined : channelSums(m, ct),
  });
  return { y, pullBack };
}

export function relu(m, x) {
  const y = m.node('Relu', [x]);
  const zero = m.constant(0);
  return { y, pullBack: (ct) => ({ x: m.node('Where', [m.node('Greater', [y, zero]), ct, zero]) }) };
}

/** Maxima of 2×2; `shape` is that of x. */
export function maxPool(m, x, shape) {
  const geometry = { kernel_shape: [2, 2], strides: [2, 2] };
  const [y, at] = m.node('MaxPool', [x], geometry, 2);
  const pullBack = (ct) => ({ x: m.node('MaxUnpool', [ct, at, m.integers(shape)], geometry) });
  return { y, pullBack };
}

/** Means of 3×3 at stride 2 and padding 1, of an even size. */
export function avgPool(m, x, channels) {
  const y = m.node('AveragePool', [x], {
    kernel_shape: [3, 3],
    strides: [2, 2],
    pads: square(1),
    count_include_pad: 1,
  });
  const ninths = m.constant(
    Array.from({ length: 9 * channels }, () => 1 / 9),
    [channels, 1, 3, 3],
  );
  const adjoint = { group: channels, strides: [2, 2], pads: square(1), output_padding: [1, 1] };
  return { y, pullBack: (ct) => ({ x: m.node('ConvTranspose', [ct, ninths], adjoint) }) };
}

/** Bilinear enlargement by 2; the gradient by products with the matrices of weights. */
export function enlarge(m, x, [, , height, width]) {
  const y = m.node('Resize', [x, '', m.constant([1, 1, 2, 2], [4])], {
    mode: 'linear',
    coordinate_transformation_mode: 'half_pixel',
  });
  const rows = m.constant(weights(height), [2 * height, height]);
  const columns = m.constant(weights(width), [2 * width, width]);
  const pullBack = (ct) => ({
    x: m.node('MatMul', [m.node('MatMul', [m.node('Transpose', [rows]), ct]), columns]),
  });
  return { y, pullBack };
}

/** Row by row, how positions at half pixels weigh the elements of one axis. */
function weights(length) {
  const matrix = Array.from({ length: 2 * length * length }, () => 0);
  for (let i = 0; i < 2 * length; i++) {
    const at = Math.min(Math.max((i + 0.5) / 2 - 0.5, 0), length - 1);
    const below = Math.floor(at);
    matrix[i * length + below] += 1 - (at - below);
    matrix[i * length + Math.min(below + 1, length - 1)] += at - below;
  }
  return matrix;
}
