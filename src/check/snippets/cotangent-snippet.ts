import type { NdArray } from '../../graph/nd-array.ts';
import { inLines } from './in-lines.ts';
import { type SnippetSubject, snippetStep } from './snippet-subject.ts';

/** A module for Node that prints value, gradients, and one derivative measured by differences. */
export function cotangentSnippet({ title, values, cotangent, wrt, wrong, call, imports: own }: SnippetSubject): string {
  const { input, element } = wrong;
  const dtypes = [...Object.values(values), cotangent].map(({ dtype }) => dtype);
  const imports = new Set(['array', 'compile', 'GraphBuilder', 'vjp', ...dtypes, ...own]);
  const gradients = wrt.map((name) => `d_${name}`).join(', ');
  return [
    `import { ${[...imports].sort().join(', ')} } from 'cotangent'; // ${title}`,
    'const point = {',
    ...inLines(
      Object.entries(values).map(([name, value]) => `  ${name}: ${literal(value)},`),
      '',
    ),
    `  ct: ${literal(cotangent)},`,
    '};',
    'const g = new GraphBuilder();',
    `const [${[...Object.keys(values), 'ct'].join(', ')}] = Object.entries(point).map(([name, value]) => g.input(name, value));`,
    `const y = ${call};`,
    `const [${gradients}] = vjp([y], [${wrt.join(', ')}], [ct]);`,
    `const program = compile(g.build({ y, ${gradients} }));`,
    'const loss = (t) => {',
    `  const moved = array(point.${input}, point.${input}.data.with(${element}, point.${input}.data[${element}] + t));`,
    `  return program.run({ ...point, ${input}: moved }).y.data.reduce((sum, v, i) => sum + v * point.ct.data[i], 0);`,
    '};',
    `const numeric = (loss(${snippetStep}) - loss(-${snippetStep})) / ${2 * snippetStep}; // d${input}, element ${element}`,
    'const { y: value, ...gradients } = program.run(point);',
    "const lists = Object.entries(gradients).map(([name, { data }]) => [name.replace('d_', ''), [...data]]);",
    'console.log(JSON.stringify({ value: [...value.data], gradients: Object.fromEntries(lists), numeric }));',
    '',
  ].join('\n');
}

const literal = ({ dtype, shape, data }: NdArray): string =>
  `array(${dtype}(${shape.join(', ')}), [${Array.from(data, number).join(', ')}])`;
const number = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
