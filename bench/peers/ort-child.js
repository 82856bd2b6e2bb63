/**
 * onnxruntime as one of the frameworks, on WebAssembly or native: `ort-child.js --library onnxruntime-web --threads 2`.
 * It has no gradients of its own.
 */
import { losses, weighted } from '../.built/bench/protocol/figures.js';
import { serve } from '../.built/bench/protocol/serve.js';
import { avgPool, conv, convTranspose, enlarge, maxPool } from './onnx-layers.js';
import { OnnxModel } from './onnx-model.js';
import { trainingModel } from './onnx-training.js';

const option = (name) => process.argv[process.argv.indexOf(`--${name}`) + 1];
const library = option('library');
const threads = Number(option('threads'));
const ort = await import(library);
const native = library === 'onnxruntime-node';
if (!native) ort.env.wasm.numThreads = threads;
ort.env.logLevel = 'error';

const operators = {
  W1: (m, { x, w }) => conv(m, x, w, undefined, { pad: 1 }),
  W2: (m, { x, w }) => conv(m, x, w, undefined, { pad: 1 }),
  W3: (m, { x, w }) => convTranspose(m, x, w, undefined, { stride: 2, pad: 1 }),
  W4: (m, { x, w }) => conv(m, x, w, undefined, { pad: 4, dilation: 4 }),
  'W6-max': (m, { x }, { x: { shape } }) => maxPool(m, x, shape),
  'W6-avg': (m, { x }, { x: { shape } }) => avgPool(m, x, shape[1]),
  W7: (m, { x }, { x: { shape } }) => enlarge(m, x, shape),
  'W12-512': (m, { a, b }) => ({ y: m.node('MatMul', [a, b]) }),
  'W12-1024': (m, { a, b }) => ({ y: m.node('MatMul', [a, b]) }),
};

const tensor = ({ shape, data }) => new ort.Tensor('float32', data, [...shape]);
const session = (model) =>
  ort.InferenceSession.create(model, {
    executionProviders: [native ? 'cpu' : 'wasm'],
    ...(native ? { intraOpNumThreads: threads, interOpNumThreads: 1 } : {}),
  });

async function operator(apply, arrays) {
  const m = new OnnxModel();
  const names = Object.fromEntries(Object.entries(arrays).map(([name, { shape }]) => [name, m.input(name, shape)]));
  const { y, pullBack } = apply(m, names, arrays);
  m.output('y', y);
  if (names.ct !== undefined)
    for (const [key, ct] of Object.entries(pullBack(names.ct))) if (ct !== undefined) m.output(`gradient.${key}`, ct);
  const model = await session(m.encode());
  const feeds = Object.fromEntries(Object.entries(arrays).map(([name, value]) => [name, tensor(value)]));
  let results = {};
  return {
    run: async () => {
      results = await model.run(feeds);
    },
    figures: () => Object.entries(results).map(([name, { data }]) => weighted(name, data)),
    close: () => void model.release(),
  };
}

async function training({ x, target, ...parameters }) {
  const classes = parameters['head.w'].shape[0];
  const model = await session(trainingModel(x.shape, parameters));
  const fixed = { x: tensor(x), labels: oneHot(target, classes) };
  let kept = {};
  for (const [name, value] of Object.entries(parameters)) {
    kept[name] = tensor(value);
    for (const slot of ['first', 'second'])
      kept[`${slot}.${name}`] = tensor({ shape: value.shape, data: new Float32Array(value.data.length) });
  }
  let count = 0;
  return {
    run: async () => {
      count += 1;
      const scales = tensor({ shape: [2], data: Float32Array.of(1 / (1 - 0.9 ** count), 1 / (1 - 0.999 ** count)) });
      const { loss, ...next } = await model.run({ ...fixed, ...kept, scales });
      kept = Object.fromEntries(Object.entries(next).map(([name, value]) => [name.replace('next.', ''), value]));
      return loss.data[0];
    },
    figures: (values) => [losses(values)],
    close: () => void model.release(),
  };
}

function oneHot({ shape: [batch, height, width], data }, classes) {
  const labels = new Float32Array(batch * classes * height * width);
  const pixels = height * width;
  for (const [i, label] of data.entries())
    labels[(Math.floor(i / pixels) * classes + label) * pixels + (i % pixels)] = 1;
  return new ort.Tensor('float32', labels, [batch, classes, height, width]);
}

const { web, node, common } = ort.env.versions;
await serve({ [library]: (native ? node : web) ?? common }, ({ workload, arrays }) => {
  if ('target' in arrays) return training(arrays);
  const apply = operators[workload];
  return apply === undefined ? 'ONNX has no gradient of it' : operator(apply, arrays);
});
