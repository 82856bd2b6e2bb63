import { add, constant, div, i32, mul, sqrt, square, sub, type Tensor } from 'cotangent';
import { adagrad } from 'cotangent/nn';
import type { OnnxAdapter, OnnxAdapters } from './adapter.ts';
import type { OnnxNode } from './onnx-node.ts';

/**
 * One step of an optimiser, from the preview domain. ONNX's Adagrad is ours; its Adam (no correction at step 0, epsilon added
 * before the correction) and Momentum (nesterov with dampening) are not quite, and written out.
 */
export const training: OnnxAdapters = {
  Adagrad: perParameter((node, x, gradient, [sum]) => {
    const optimizer = adagrad({
      learningRateDecay: node.float('decay_factor', 0),
      weightDecay: node.float('norm_coefficient', 0),
      epsilon: node.float('epsilon', 1e-6),
    });
    const steps = constant(node.graph, i32(), [node.numbers(1)[0]!]);
    const { parameters, state } = optimizer.step({
      parameters: { x },
      gradients: { x: gradient },
      state: { 'adagrad.step': steps, 'adagrad.sum.x': sum! },
      learningRate: node.x(0),
    });
    return [parameters.x!, state['adagrad.sum.x']!];
  }),
  Adam: perParameter((node, x, gradient, [first, second]) => {
    const [alpha, beta] = [node.float('alpha', 0.9), node.float('beta', 0.999)];
    const steps = node.numbers(1)[0]!;
    const decayed = add(mul(x, node.float('norm_coefficient', 0)), gradient);
    const mean = add(mul(first!, alpha), mul(decayed, 1 - alpha));
    const squares = add(mul(second!, beta), mul(square(decayed), 1 - beta));
    const correction = steps > 0 ? Math.sqrt(1 - beta ** steps) / (1 - alpha ** steps) : 1;
    const change = div(mul(mul(mean, node.x(0)), correction), add(sqrt(squares), node.float('epsilon', 1e-6)));
    return [mul(sub(x, change), 1 - node.float('norm_coefficient_post', 0)), mean, squares];
  }),
  Momentum: perParameter((node, x, gradient, [momentum]) => {
    const alpha = node.float('alpha');
    // As in PyTorch, the first gradient counts whole.
    const beta = node.numbers(1)[0]! > 0 ? node.float('beta') : 1;
    const decayed = add(mul(x, node.float('norm_coefficient')), gradient);
    const velocity = add(mul(momentum!, alpha), mul(decayed, beta));
    const direction = node.text<string>('mode') === 'nesterov' ? add(decayed, mul(velocity, alpha)) : velocity;
    return [sub(x, mul(direction, node.x(0))), velocity];
  }),
};

type Step = (node: OnnxNode, x: Tensor, gradient: Tensor, states: readonly Tensor[]) => readonly Tensor[];

/** Inputs: rate, counter, all parameters, all gradients, then each state of all; outputs: parameters, then states. */
function perParameter(step: Step): OnnxAdapter {
  return (node) => {
    const count = parametersOf(node);
    const kinds = (node.count - 2) / count;
    const of = (kind: number, k: number): Tensor => node.x(2 + kind * count + k);
    const results = Array.from({ length: count }, (_, k) =>
      step(
        node,
        of(0, k),
        of(1, k),
        Array.from({ length: kinds - 2 }, (_, s) => of(2 + s, k)),
      ),
    );
    return results[0]!.flatMap((_, kind) => results.map((one) => one[kind]));
  };
}

/** Every parameter has a result for itself and for each of its states; every input but two is one of these or a gradient. */
const parametersOf = (node: OnnxNode): number => node.count - 2 - node.outputs;
