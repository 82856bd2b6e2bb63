import type { DType } from '../../graph/dtype.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import { inLines } from './in-lines.ts';
import { list } from './printer.ts';
import { type SnippetSubject, snippetStep } from './snippet-subject.ts';

const torchTypes: { readonly [D in DType]: string } = { f64: 'float64', f32: 'float32', i32: 'int64', bool: 'bool' };
const jaxTypes: { readonly [D in DType]: string } = { f64: 'float64', f32: 'float32', i32: 'int32', bool: 'bool' };

/** A program for PyTorch that prints value, gradients, and one derivative measured by differences. */
export function pytorchSnippet(subject: SnippetSubject, call: string): string {
  const { title, values, cotangent, wrt, wrong } = subject;
  const names = Object.keys(values);
  const args = names.join(', ');
  const tensor = (value: NdArray): string =>
    `torch.tensor(${numbers(value)}, dtype=torch.${torchTypes[value.dtype]}).reshape(${list(value.shape)})`;
  return [
    `import json, torch  # ${title}`,
    'import torch.nn.functional as F',
    ...(call.includes('vision.') ? ['import torchvision.ops as vision'] : []),
    ...inLines(
      Object.entries(values).map(([name, value]) => `${name} = ${tensor(value)}`),
      '; ',
    ),
    `ct = ${tensor(cotangent)}`,
    `f = lambda ${args}: ${call}`,
    `wrt = [${wrt.map((name) => `${name}.requires_grad_()`).join(', ')}]`,
    `y = f(${args})`,
    'gradients = torch.autograd.grad(y, wrt, ct)',
    'def loss(t):',
    `    moved = ${wrong.input}.detach().clone()`,
    `    moved.view(-1)[${wrong.element}] += t`,
    `    return (f(${names.map((name) => (name === wrong.input ? 'moved' : name)).join(', ')}) * ct).sum().item()`,
    `numeric = (loss(${snippetStep}) - loss(-${snippetStep})) / ${2 * snippetStep}  # d${wrong.input}, element ${wrong.element}`,
    `lists = dict(zip(${list(wrt.map((name) => `'${name}'`))}, [g.flatten().tolist() for g in gradients]))`,
    "print(json.dumps({'value': y.flatten().tolist(), 'gradients': lists, 'numeric': numeric}))",
    '',
  ].join('\n');
}

/** The same for JAX. */
export function jaxSnippet(subject: SnippetSubject, call: string): string {
  const { title, values, cotangent, wrt, wrong } = subject;
  const names = Object.keys(values);
  const tensor = (value: NdArray): string =>
    `jnp.array(${numbers(value)}, jnp.${jaxTypes[value.dtype]}).reshape(${list(value.shape)})`;
  return [
    `import json, jax, jax.numpy as jnp  # ${title}`,
    'from jax import lax',
    "jax.config.update('jax_enable_x64', True)",
    ...inLines(
      Object.entries(values).map(([name, value]) => `${name} = ${tensor(value)}`),
      '; ',
    ),
    `ct = ${tensor(cotangent)}`,
    `f = lambda ${names.join(', ')}: ${call}`,
    `y, pull = jax.vjp(lambda ${wrt.join(', ')}: f(${names.join(', ')}), ${wrt.join(', ')})`,
    `def loss(t):`,
    `    moved = ${wrong.input}.ravel().at[${wrong.element}].add(t).reshape(${wrong.input}.shape)`,
    `    return float((f(${names.map((name) => (name === wrong.input ? 'moved' : name)).join(', ')}) * ct).sum())`,
    `numeric = (loss(${snippetStep}) - loss(-${snippetStep})) / ${2 * snippetStep}  # d${wrong.input}, element ${wrong.element}`,
    `lists = dict(zip(${list(wrt.map((name) => `'${name}'`))}, [g.ravel().tolist() for g in pull(ct)]))`,
    "print(json.dumps({'value': y.ravel().tolist(), 'gradients': lists, 'numeric': numeric}))",
    '',
  ].join('\n');
}

const numbers = ({ data, dtype }: NdArray): string =>
  list(Array.from(data, (value) => (dtype === 'bool' ? (value === 0 ? 'False' : 'True') : number(value))));

const number = (value: number): string =>
  Number.isFinite(value) ? (Object.is(value, -0) ? '-0.0' : String(value)) : `float('${value}')`;
