import { conv, convTranspose, maxPool, relu } from './onnx-layers.js';
import { OnnxModel } from './onnx-model.js';
import { skippedUnet } from './unet.js';

/**
 * The whole training step as one ONNX model. Inputs `x`, one-hot labels `labels`, `scales` (Adam's two corrections), and per
 * parameter `p`: `p`, `first.p`, `second.p`; outputs `loss` and the next value of each, `next.…`.
 */
export function trainingModel(xShape, parameters) {
  const m = new OnnxModel();
  const names = Object.keys(parameters);
  for (const name of names) m.input(name, parameters[name].shape);
  const classes = parameters['head.w'].shape[0];
  const [batch, , height, width] = xShape;
  const x = m.input('x', xShape);
  const labels = m.input('labels', [batch, classes, height, width]);

  const tape = [];
  const shapes = new Map([[x, xShape]]);
  const recorded = (inputs, { y, pullBack }, shape) => {
    shapes.set(y, shape);
    tape.push({ inputs, y, pullBack });
    return y;
  };
  const scaled = ([n, , h, w], channels, factor) => [n, channels, h * factor, w * factor];
  const of = (name, part) => parameters[`${name}.${part}`].shape;
  const scores = skippedUnet(
    names,
    {
      conv: (name, y, pad) =>
        recorded(
          { x: y, w: `${name}.w`, b: `${name}.b` },
          conv(m, y, `${name}.w`, `${name}.b`, { pad }),
          scaled(shapes.get(y), of(name, 'w')[0], 1),
        ),
      up: (name, y) =>
        recorded(
          { x: y, w: `${name}.w`, b: `${name}.b` },
          convTranspose(m, y, `${name}.w`, `${name}.b`, { stride: 2, pad: 0 }),
          scaled(shapes.get(y), of(name, 'w')[1], 2),
        ),
      relu: (y) => recorded({ x: y }, relu(m, y), shapes.get(y)),
      pool: (y) => recorded({ x: y }, maxPool(m, y, shapes.get(y)), scaled(shapes.get(y), shapes.get(y)[1], 0.5)),
      concat: (a, b) => {
        const channels = [shapes.get(a)[1], shapes.get(b)[1]];
        const pullBack = (ct) => {
          const [first, second] = m.node('Split', [ct, m.integers(channels)], { axis: 1 }, 2);
          return { a: first, b: second };
        };
        const joined = { y: m.node('Concat', [a, b], { axis: 1 }), pullBack };
        return recorded({ a, b }, joined, scaled(shapes.get(a), channels[0] + channels[1], 1));
      },
    },
    x,
  );

  const pixels = batch * height * width;
  const logarithms = m.node('LogSoftmax', [scores], { axis: 1 });
  const agreed = m.node('ReduceSum', [m.node('Mul', [logarithms, labels])], { keepdims: 0 });
  m.output('loss', m.node('Mul', [agreed, m.constant(-1 / pixels)]));
  const excess = m.node('Sub', [m.node('Softmax', [scores], { axis: 1 }), labels]);
  const cotangents = new Map([[scores, m.node('Mul', [excess, m.constant(1 / pixels)])]]);
  for (const { inputs, y, pullBack } of tape.toReversed()) {
    for (const [key, ct] of Object.entries(pullBack(cotangents.get(y), inputs.x !== x))) {
      const to = inputs[key];
      if (ct === undefined || to === undefined) continue;
      const sum = cotangents.get(to);
      cotangents.set(to, sum === undefined ? ct : m.node('Add', [sum, ct]));
    }
  }
  adam(m, names, parameters, cotangents);
  return m.encode();
}

function adam(m, names, parameters, gradients) {
  const [rise, fall] = m.node('Split', [m.input('scales', [2])], { axis: 0 }, 2);
  const constants = Object.fromEntries([0.9, 0.1, 0.999, 0.001, 1e-8, 1e-3].map((value) => [value, m.constant(value)]));
  const times = (a, b) => m.node('Mul', [a, b]);
  const plus = (a, b) => m.node('Add', [a, b]);
  for (const name of names) {
    const gradient = gradients.get(name);
    const [first, second] = ['first', 'second'].map((slot) => m.input(`${slot}.${name}`, parameters[name].shape));
    const mean = plus(times(first, constants[0.9]), times(gradient, constants[0.1]));
    const square = plus(times(second, constants[0.999]), times(times(gradient, gradient), constants[0.001]));
    const deviation = plus(m.node('Sqrt', [times(square, fall)]), constants[1e-8]);
    const change = times(m.node('Div', [times(mean, rise), deviation]), constants[1e-3]);
    m.output(`next.${name}`, m.node('Sub', [name, change]));
    m.output(`next.first.${name}`, mean);
    m.output(`next.second.${name}`, square);
  }
}
