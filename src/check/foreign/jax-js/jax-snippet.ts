import type { NdArray } from '../../../graph/nd-array.ts';
import { printExpression } from '../expression.ts';
import type { ExternalFinding } from '../external.ts';
import type { ForeignCase } from '../foreign-operator.ts';
import type { JaxOperator } from './jax-operators.ts';

/** A module for plain Node that prints the claimed derivative beside the measured one, or that there is none. */
export function jaxSnippet(op: JaxOperator, { attributes }: ForeignCase, finding: ExternalFinding): string {
  const { values, ct, along = {}, step, fault, expected } = finding;
  const names = Object.keys(values);
  const args = names.join(', ');
  const fresh = names.map((name) => `${name}()`).join(', ');
  const lines = [
    // It asks for what browsers and newer versions of Node have.
    "globalThis.navigator ??= { userAgent: 'node', hardwareConcurrency: 1 };",
    'globalThis.Float16Array ??= class Float16Array {};',
    "const { defaultDevice, init, lax, nn, numpy: np, vjp } = await import('@jax-js/jax');",
    "await init('wasm');",
    "defaultDevice('wasm');",
    ...Object.entries(values).map(([name, value]) => `const ${name} = ${maker(value)};`),
    `const f = (${args}) => ${printExpression(op.call(attributes), '')};`,
  ];
  if (ct !== undefined) lines.push(`const u = ${maker(ct)};`);
  if (fault === 'value')
    lines.push(`console.log({ value: await f(${fresh}).data(), expected: [${expected?.data.join(', ')}] });`);
  else if (fault === 'missing')
    lines.push(
      'try {',
      ct === undefined ? `  await f(${fresh}).data();` : `  vjp(f, [${fresh}])[1](u());`,
      '} catch (error) {',
      '  console.log({ missing: error.message });',
      '}',
    );
  else lines.push(...measuring(names, along, step, fault));
  return `${lines.join('\n')}\n`;
}

function measuring(
  names: readonly string[],
  along: NonNullable<ExternalFinding['along']>,
  step: number,
  fault: 'gradient' | 'kink',
): string[] {
  const shifted = names.map((name) => (name in along ? `${name}().add(d_${name}().mul(t))` : `${name}()`));
  const products = Object.keys(along).map(
    (name) => `(await np.sum(gradients[${names.indexOf(name)}].ref.mul(d_${name}())).data())[0]`,
  );
  return [
    ...Object.entries(along).map(([name, direction]) => `const d_${name} = ${maker(direction)};`),
    `const loss = async (t) => (await np.sum(f(${shifted.join(', ')}).mul(u())).data())[0];`,
    `const gradients = vjp(f, [${names.map((name) => `${name}()`).join(', ')}])[1](u());`,
    `const analytic = ${products.join(' + ')};`,
    ...(fault === 'kink'
      ? [
          `const [below, at, above] = [await loss(-${step}), await loss(0), await loss(${step})];`,
          `console.log({ analytic, left: (at - below) / ${step}, right: (above - at) / ${step} });`,
        ]
      : [
          `const numeric = ((await loss(${step})) - (await loss(-${step}))) / ${2 * step};`,
          'console.log({ analytic, numeric });',
        ]),
  ];
}

const maker = ({ data, shape }: NdArray): string =>
  `() => np.array(new Float32Array([${data.join(', ')}])).reshape([${shape.join(', ')}])`;
