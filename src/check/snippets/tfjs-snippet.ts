import type { DType } from '../../graph/dtype.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import { inLines } from './in-lines.ts';
import { list } from './printer.ts';
import type { SnippetSubject } from './snippet-subject.ts';

const types: { readonly [D in DType]: string } = { f64: 'float32', f32: 'float32', i32: 'int32', bool: 'bool' };

/** A module for Node and tfjs that prints value, gradients, and one derivative measured by differences, in float32. */
export function tfjsSnippet({ title, values, cotangent, wrt, wrong }: SnippetSubject, call: string): string {
  const names = Object.keys(values);
  const tensor = (value: NdArray): string =>
    `tf.tensor(${list(Array.from(value.data))}, ${list(value.shape)}, '${types[value.dtype]}')`;
  const others = names.map((name) => (name === wrong.input ? 'moved' : name)).join(', ');
  return [
    `import * as tf from '@tensorflow/tfjs'; // ${title}`,
    ...inLines(
      Object.entries(values).map(([name, value]) => `const ${name} = ${tensor(value)};`),
      ' ',
    ),
    `const ct = ${tensor(cotangent)};`,
    `const f = (${names.join(', ')}) => ${call};`,
    `const gradients = tf.grads((${wrt.join(', ')}) => f(${names.join(', ')}))([${wrt.join(', ')}], ct);`,
    'const loss = (t) => {',
    `  const moved = tf.tensor(${wrong.input}.dataSync().map((v, i) => (i === ${wrong.element} ? v + t : v)), ${wrong.input}.shape);`,
    `  return tf.sum(tf.mul(f(${others}), ct)).dataSync()[0];`,
    '};',
    `const numeric = (loss(0.125) - loss(-0.125)) / 0.25; // d${wrong.input}, element ${wrong.element}`,
    `const lists = ${list(wrt.map((name) => `'${name}'`))}.map((name, i) => [name, [...gradients[i].dataSync()]]);`,
    `console.log(JSON.stringify({ value: [...f(${names.join(', ')}).dataSync()], gradients: Object.fromEntries(lists), numeric }));`,
    '',
  ].join('\n');
}
