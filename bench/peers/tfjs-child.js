/** tfjs as one of the frameworks: `tfjs-child.js --backend wasm`. NHWC inside, as tfjs has it; converted outside the timing. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { losses, weighted } from '../.built/bench/protocol/figures.js';
import { serve } from '../.built/bench/protocol/serve.js';
import { skippedUnet } from './unet.js';

// One copy of the core for all its parts: their CommonJS builds.
const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs');
const backend = process.argv[process.argv.indexOf('--backend') + 1];
if (backend === 'wasm') {
  const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
}
await tf.setBackend(backend);
await tf.ready();

const isWeight = (name) => name === 'w' || name.endsWith('.w');
const inward = (name, { shape, data }) =>
  tf.tidy(() => {
    const value = tf.tensor(data, shape);
    return shape.length === 4 ? tf.transpose(value, isWeight(name) ? [2, 3, 1, 0] : [0, 2, 3, 1]) : value;
  });
const outward = (name, value) =>
  tf.tidy(() =>
    (value.shape.length === 4 ? tf.transpose(value, isWeight(name) ? [3, 2, 0, 1] : [0, 3, 1, 2]) : value).dataSync(),
  );

/** The same on all sides. As a number it would be taken for square kernels only. */
const around = (n) => [
  [0, 0],
  [n, n],
  [n, n],
  [0, 0],
];

/**
 * Convolution of stride 1 with both gradients written as convolutions: tfjs has none for dilation over 1, and its wasm
 * backend none for weights.
 */
const conv = (x, w, pad, dilation = 1) =>
  tf.customGrad((x, w, save) => {
    save([x, w]);
    const gradFunc = (ct, [x, w]) => [
      tf.conv2d(
        ct,
        tf.transpose(tf.reverse(w, [0, 1]), [0, 1, 3, 2]),
        1,
        around(dilation * (w.shape[0] - 1) - pad),
        'NHWC',
        dilation,
      ),
      tf.transpose(
        tf.conv2d(tf.transpose(x, [3, 1, 2, 0]), tf.transpose(ct, [1, 2, 0, 3]), dilation, around(pad)),
        [1, 2, 0, 3],
      ),
    ];
    return { value: tf.conv2d(x, w, 1, around(pad), 'NHWC', dilation), gradFunc };
  })(x, w);

/** Transposed convolution, w being [kh, kw, out, in]; its gradients are convolutions too. */
const convTranspose = (x, w, stride, pad) =>
  tf.customGrad((x, w, save) => {
    save([x, w]);
    const [n, height, width] = x.shape;
    const size = (length) => (length - 1) * stride + w.shape[0] - 2 * pad;
    const value = tf.conv2dTranspose(x, w, [n, size(height), size(width), w.shape[2]], stride, around(pad));
    const gradFunc = (ct, [x, w]) => [
      tf.conv2d(ct, w, stride, around(pad)),
      tf.transpose(
        tf.conv2d(tf.transpose(ct, [3, 1, 2, 0]), tf.transpose(x, [1, 2, 0, 3]), 1, around(pad), 'NHWC', stride),
        [1, 2, 0, 3],
      ),
    ];
    return { value, gradFunc };
  })(x, w);

const operators = {
  W1: (x, w) => tf.conv2d(x, w, 1, around(1)),
  W2: (x, w) => conv(x, w, 1),
  W3: (x, w) => convTranspose(x, w, 2, 1),
  W4: (x, w) => conv(x, w, 4, 4),
  'W6-max': (x) => tf.maxPool(x, 2, 2, 0),
  'W6-avg': (x) => tf.avgPool(x, 3, 2, 1),
  W7: (x) => tf.image.resizeBilinear(x, [2 * x.shape[1], 2 * x.shape[2]], false, true),
  'W12-512': (a, b) => tf.matMul(a, b),
  'W12-1024': (a, b) => tf.matMul(a, b),
};

function operator(apply, { ct, ...operands }) {
  const names = Object.keys(operands);
  const inputs = names.map((name) => inward(name, operands[name]));
  const seed = ct && inward('ct', ct);
  let results = {};
  return {
    run: () => {
      tf.dispose(results);
      results = tf.tidy(() => {
        if (seed === undefined) return { y: apply(...inputs) };
        const { value, grads } = tf.valueAndGrads(apply)(inputs, seed);
        return { y: value, ...Object.fromEntries(names.map((name, i) => [`gradient.${name}`, grads[i]])) };
      });
    },
    figures: () =>
      Object.entries(results).map(([name, value]) => weighted(name, outward(name.replace('gradient.', ''), value))),
    close: () => tf.dispose([results, inputs, seed ?? []]),
  };
}

function training({ x, target, ...parameters }) {
  const images = inward('x', x);
  const values = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, tf.variable(inward(name, value))]),
  );
  const classes = parameters['head.w'].shape[0];
  const labels = tf.oneHot(tf.tensor(target.data, target.shape, 'int32'), classes);
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  const layers = {
    conv: (name, y, pad) => tf.add(conv(y, values[`${name}.w`], pad), values[`${name}.b`]),
    up: (name, y) => tf.add(convTranspose(y, values[`${name}.w`], 2, 0), values[`${name}.b`]),
    relu: tf.relu,
    pool: (y) => tf.maxPool(y, 2, 2, 0),
    concat: (a, b) => tf.concat([a, b], 3),
  };
  return {
    run: () => {
      const loss = optimizer.minimize(
        () => tf.losses.softmaxCrossEntropy(labels, skippedUnet(Object.keys(values), layers, images)),
        true,
        Object.values(values),
      );
      const [value] = loss.dataSync();
      loss.dispose();
      return value;
    },
    figures: (values) => [losses(values)],
    close: () => {
      optimizer.dispose();
      tf.dispose([images, labels, values]);
    },
  };
}

await serve({ tfjs: tf.version.tfjs, backend: tf.getBackend() }, ({ workload, arrays }) => {
  if ('target' in arrays) return training(arrays);
  const apply = operators[workload];
  return apply === undefined ? 'tfjs has no such operator' : operator(apply, arrays);
});
