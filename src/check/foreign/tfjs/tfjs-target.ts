import type { Arrays } from '../../../backends/backend.ts';
import { array, type NdArray } from '../../../graph/nd-array.ts';
import { evaluate } from '../expression.ts';
import type { ForeignCase } from '../foreign-operator.ts';
import type { ForeignTarget } from '../foreign-target.ts';
import { isHeld } from '../held.ts';
import type { InTurn } from '../in-turn.ts';
import { TargetError, WrongGradient } from '../target-errors.ts';
import { renewBackend, type TfBackend, type Tfjs, type TfTensor, tfDType } from './tfjs.ts';
import type { TfjsOperator } from './tfjs-operator.ts';
import { tfjsSnippet } from './tfjs-snippet.ts';

/** One backend of tfjs with some operators. All backends of one tfjs take turns, since only one is in use at a time. */
export function tfjsTarget(
  tf: Tfjs,
  backend: TfBackend,
  operators: readonly TfjsOperator[],
  turn: InTurn,
): ForeignTarget<TfjsOperator> {
  const run = <T>(work: () => T): Promise<T> =>
    turn(async () => {
      for (let again = false; ; again = true) {
        if (tf.getBackend() !== backend) await tf.setBackend(backend);
        try {
          return tf.tidy(work);
        } catch (error) {
          if (!(error instanceof Error && error.name === 'RuntimeError')) throw error;
          await renewBackend(tf, backend);
          // The case before it may have spoilt the memory: only what fails in a fresh one is at fault.
          if (again) throw new TargetError(`the backend crashes: ${error.message}`);
        }
      }
    });
  const functionOf = (op: TfjsOperator, drawn: ForeignCase, values: Arrays): Bound => {
    const held: { [name: string]: TfTensor } = {};
    const names: string[] = [];
    const at: TfTensor[] = [];
    for (const [name, value] of Object.entries(values)) {
      const tensor = tf.tensor(value.data, value.shape, tfDType(value));
      if (isHeld(drawn.inputs[name]!)) held[name] = tensor;
      else {
        names.push(name);
        at.push(tensor);
      }
    }
    const whole = (tensors: readonly TfTensor[]): { readonly [name: string]: TfTensor } => ({
      ...held,
      ...Object.fromEntries(names.map((name, i) => [name, tensors[i]!])),
    });
    const apply = (inputs: { readonly [name: string]: TfTensor }): TfTensor =>
      evaluate(op.call(drawn.attributes), tf, inputs) as TfTensor;
    const { gradientFor } = op;
    if (gradientFor === undefined) return { names, at, f: (...tensors) => apply(whole(tensors)) };
    const f = (...tensors: TfTensor[]): TfTensor => {
      const inputs = whole(tensors);
      return tf.grads((one) => apply({ ...inputs, [gradientFor]: one }))([inputs[gradientFor]!], inputs.ct)[0]!;
    };
    return { names, at, f };
  };
  return {
    name: backend === 'cpu' ? 'tfjs' : `tfjs-${backend}`,
    precision: 'f32',
    operators,
    ...(backend === 'wasm' && { renew: () => turn(() => renewBackend(tf, backend)) }),
    forward: (op, drawn, values) =>
      run(() => {
        const { at, f } = functionOf(op, drawn, values);
        return outward(f(...at));
      }),
    vjp: (op, drawn, values, ct) =>
      run(() => {
        const { names, at, f } = functionOf(op, drawn, values);
        const gradients = checked(() => tf.grads(f)(at, tf.tensor(ct.data, ct.shape, 'float32')));
        return Object.fromEntries(names.map((name, i) => [name, outward(gradients[i]!)]));
      }),
    snippet: (op, drawn, finding) => ({
      for: 'tfjs',
      code: tfjsSnippet({ op, drawn, finding, backend, version: tf.version.tfjs }),
    }),
  };
}

interface Bound {
  readonly names: readonly string[];
  readonly at: readonly TfTensor[];
  readonly f: (...tensors: TfTensor[]) => TfTensor;
}

const outward = (tensor: TfTensor): NdArray => array({ dtype: 'f32', shape: [...tensor.shape] }, tensor.dataSync());

/** tfjs compares the shapes of gradients with those of inputs. */
function checked<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Error in gradient for op'))
      throw new WrongGradient(error.message);
    throw error;
  }
}
