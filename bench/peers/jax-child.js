/** jax-js on WebAssembly as one of the frameworks. Its functions use their arguments up: `.ref` is a further use. */
import { availableParallelism } from 'node:os';
import { losses, weighted } from '../.built/bench/protocol/figures.js';
import { serve } from '../.built/bench/protocol/serve.js';
import { skippedUnet } from './unet.js';

// It asks for what browsers and newer versions of Node have.
globalThis.navigator ??= { userAgent: 'node', hardwareConcurrency: availableParallelism() };
globalThis.Float16Array ??= class Float16Array {};
const { default: packageOf } = await import('@jax-js/jax/package.json', { with: { type: 'json' } }).catch(() => ({
  default: { version: '0.1.25' },
}));
const { init, defaultDevice, jit, lax, nn, numpy: np, tree, valueAndGrad, vjp } = await import('@jax-js/jax');
await init('wasm');
defaultDevice('wasm');

const inward = ({ shape, data }) => np.array(data).reshape([...shape]);
const both = (lo, hi = lo) => [
  [lo, hi],
  [lo, hi],
];
const maxPool = (x) => lax.reduceWindow(x, (window) => np.max(window), [2, 2], [2, 2]);

/** Rows of weights: enlargement by 2 of one axis, sampled at half pixels. */
function enlargement(length) {
  const rows = new Float32Array(2 * length * length);
  for (let i = 0; i < 2 * length; i++) {
    const at = Math.min(Math.max((i + 0.5) / 2 - 0.5, 0), length - 1);
    const below = Math.floor(at);
    rows[i * length + below] += 1 - (at - below);
    rows[i * length + Math.min(below + 1, length - 1)] += at - below;
  }
  return np.array(rows).reshape([2 * length, length]);
}

const operators = {
  W1: (x, w) => lax.conv(x, w, [1, 1], both(1)),
  W2: (x, w) => lax.conv(x, w, [1, 1], both(1)),
  W3: (x, w) => lax.convTranspose(x, w, [2, 2], both(1), { transposeKernel: true }),
  W4: (x, w) => lax.convGeneralDilated(x, w, [1, 1], both(4), { rhsDilation: [4, 4] }),
  'W6-max': maxPool,
  'W6-avg': (x) =>
    lax.reduceWindow(np.pad(x, [[0, 0], [0, 0], ...both(1)]), (window) => np.mean(window), [3, 3], [2, 2]),
  // It has no operator that resizes: two contractions with matrices of weights.
  W7: (x) => {
    const [, , height, width] = x.shape;
    const rows = lax.dot(enlargement(height), x, { lhsContractingDims: [1], rhsContractingDims: [2] });
    const all = lax.dot(enlargement(width), rows, { lhsContractingDims: [1], rhsContractingDims: [3] });
    return all.transpose([2, 3, 1, 0]);
  },
  'W12-512': (a, b) => np.matmul(a, b),
  'W12-1024': (a, b) => np.matmul(a, b),
};

function operator(apply, { ct, ...operands }) {
  const names = Object.keys(operands);
  const inputs = names.map((name) => inward(operands[name]));
  const seed = ct && inward(ct);
  const compiled = jit((...all) => {
    if (seed === undefined) return [apply(...all)];
    const cotangent = all.pop();
    const [y, pullBack] = vjp(apply, all);
    const gradients = pullBack(cotangent);
    pullBack.dispose?.();
    return [y, ...gradients];
  });
  let results = [];
  return {
    run: async () => {
      for (const result of results) result.dispose();
      results = compiled(...inputs.map((value) => value.ref), ...(seed === undefined ? [] : [seed.ref]));
      for (const result of results) await result.blockUntilReady();
    },
    figures: async () => {
      const keys = ['y', ...names.map((name) => `gradient.${name}`)];
      return Promise.all(results.map(async (result, i) => weighted(keys[i], await result.ref.data())));
    },
    close: () => tree.dispose([results, inputs, ...(seed === undefined ? [] : [seed])]),
  };
}

function training({ x, target, ...parameters }) {
  const names = Object.keys(parameters);
  const images = inward(x);
  const labels = nn.oneHot(np.array(target.data).reshape([...target.shape]), parameters['head.w'].shape[0]);
  const pixels = target.data.length;
  const perChannel = (b) => b.reshape([1, b.shape[0], 1, 1]);
  const lossOf = (values, x, labels) => {
    const layers = {
      conv: (name, y, pad) =>
        np.add(lax.conv(y, values[`${name}.w`].ref, [1, 1], both(pad)), perChannel(values[`${name}.b`].ref)),
      up: (name, y) =>
        np.add(
          lax.convTranspose(y, values[`${name}.w`].ref, [2, 2], both(0), { transposeKernel: true }),
          perChannel(values[`${name}.b`].ref),
        ),
      relu: nn.relu,
      pool: (y) => maxPool(y.ref),
      concat: (a, b) => np.concatenate([a, b], 1),
    };
    const scores = nn.logSoftmax(skippedUnet(names, layers, x), 1);
    tree.dispose(values);
    return np.sum(np.moveaxis(scores, 1, -1).mul(labels)).mul(-1 / pixels);
  };
  const step = jit((values, first, second, scale, x, labels) => {
    const [loss, gradients] = valueAndGrad(lossOf)(tree.ref(values), x, labels);
    const next = { values: {}, first: {}, second: {} };
    for (const name of names) {
      const m = first[name].mul(0.9).add(gradients[name].ref.mul(0.1));
      const v = second[name].mul(0.999).add(gradients[name].ref.mul(gradients[name]).mul(0.001));
      // Both corrections of the step's number, since a compiled function sees it as data.
      const rise = m.ref.mul(scale.ref.slice(0)).div(np.sqrt(v.ref.mul(scale.ref.slice(1))).add(1e-8));
      next.values[name] = values[name].sub(rise.mul(1e-3));
      next.first[name] = m;
      next.second[name] = v;
    }
    scale.dispose();
    return { loss, ...next };
  });
  const each = (make) => Object.fromEntries(names.map((name) => [name, make(parameters[name])]));
  let state = { values: each(inward), first: each(zeros), second: each(zeros) };
  let count = 0;
  return {
    run: async () => {
      count += 1;
      const scale = np.array([1 / (1 - 0.9 ** count), 1 / (1 - 0.999 ** count)]);
      const { loss, ...next } = step(state.values, state.first, state.second, scale, images.ref, labels.ref);
      state = next;
      const [value] = await loss.data();
      for (const name of names) await state.values[name].blockUntilReady();
      return value;
    },
    figures: (values) => [losses(values)],
    close: () => tree.dispose([state, images, labels]),
  };
}

const zeros = ({ shape }) => np.zeros([...shape]);

await serve({ 'jax-js': packageOf.version }, ({ workload, arrays }) => {
  if ('target' in arrays) return training(arrays);
  const apply = operators[workload];
  return apply === undefined ? 'jax-js has no such operator' : operator(apply, arrays);
});
