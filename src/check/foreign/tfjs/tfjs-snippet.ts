import type { NdArray } from '../../../graph/nd-array.ts';
import { printExpression } from '../expression.ts';
import type { ExternalFinding } from '../external.ts';
import type { ForeignCase } from '../foreign-operator.ts';
import { isHeld } from '../held.ts';
import { type TfBackend, tfDType } from './tfjs.ts';
import type { TfjsOperator } from './tfjs-operator.ts';

interface Shown {
  readonly op: TfjsOperator;
  readonly drawn: ForeignCase;
  readonly finding: ExternalFinding;
  readonly backend: TfBackend;
  readonly version: string;
}

/** A module for plain Node that prints the claimed derivative beside the measured one, or that there is none. */
export function tfjsSnippet({ op, drawn, finding, backend, version }: Shown): string {
  const { values, ct, along = {}, step, fault, expected } = finding;
  const names = Object.keys(values).filter((name) => !isHeld(drawn.inputs[name]!));
  const lines = [`import * as tf from '@tensorflow/tfjs'; // ${version}`];
  if (backend === 'wasm') lines.push("import '@tensorflow/tfjs-backend-wasm';");
  lines.push(`await tf.setBackend('${backend}');`);
  for (const [name, value] of Object.entries(values)) lines.push(`const ${name} = ${tensor(value)};`);
  const call = printExpression(op.call(drawn.attributes), 'tf.');
  if (op.gradientFor === undefined) lines.push(`const f = (${names.join(', ')}) => ${call};`);
  else {
    const wrt = op.gradientFor;
    lines.push(`const f = (${names.join(', ')}) => tf.grads((${wrt}) => ${call})([${wrt}], ct)[0];`);
  }
  const apply = `f(${names.join(', ')})`;
  if (ct !== undefined) lines.push(`const u = ${tensor(ct)};`);
  const gradients = `tf.grads(f)([${names.join(', ')}], u)`;
  if (fault === 'missing') {
    const ask = ct === undefined ? apply : gradients;
    lines.push('try {', `  ${ask};`, '} catch (error) {', '  console.log({ missing: error.message });', '}');
    return `${lines.join('\n')}\n`;
  }
  if (fault === 'value') {
    lines.push(`console.log({ value: ${apply}.dataSync(), expected: ${expected && list(expected.data)} });`);
    return `${lines.join('\n')}\n`;
  }
  const moved = Object.entries(along);
  for (const [name, direction] of moved) lines.push(`const d_${name} = ${tensor(direction)};`);
  const shifted = names.map((name) => (name in along ? `tf.add(${name}, tf.mul(d_${name}, t))` : name));
  lines.push(`const loss = (t) => tf.sum(tf.mul(f(${shifted.join(', ')}), u)).dataSync()[0];`);
  lines.push(`const gradients = ${gradients};`);
  const products = moved.map(([name]) => `tf.sum(tf.mul(gradients[${names.indexOf(name)}], d_${name})).dataSync()[0]`);
  lines.push(`const analytic = ${products.join(' + ')};`);
  if (fault === 'kink')
    lines.push(
      `const [left, right] = [(loss(0) - loss(-${step})) / ${step}, (loss(${step}) - loss(0)) / ${step}];`,
      'console.log({ analytic, left, right });',
    );
  else
    lines.push(
      `const numeric = (loss(${step}) - loss(-${step})) / ${2 * step};`,
      'console.log({ analytic, numeric });',
    );
  return `${lines.join('\n')}\n`;
}

const list = (data: ArrayLike<number>): string => `[${Array.from(data).join(', ')}]`;

function tensor(value: NdArray): string {
  const dtype = tfDType(value);
  const type = dtype === 'float32' ? '' : `, '${dtype}'`;
  return `tf.tensor(${list(value.data)}, [${value.shape.join(', ')}]${type})`;
}
