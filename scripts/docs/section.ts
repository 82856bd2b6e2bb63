import { type AnyOp, type Degree, isFloat, type Kink } from '../../src/index.ts';
import { type Example, exampleOf } from './example-of.ts';
import { foreignNames } from './foreign-names.ts';
import { graphsOf } from './graph-text.ts';
import { kinkContracts } from './kink-contracts.ts';
import { measuredDegrees } from './measured-degree.ts';
import { presetsFor } from './presets.ts';
import { proseOf } from './prose.ts';
import { showSignature } from './signature.ts';
import type { Subject } from './subjects.ts';
import { tensorsOf } from './tensors-of.ts';

/** All that is known of one subject, as Markdown. */
export function sectionOf(subject: Subject): string {
  const { title, main, record, signatures, path, exports } = subject;
  const example = exampleOf(subject);
  const { text, errors } = proseOf(main?.doc ?? '');
  const others = exports.filter((each) => each !== main && !isVariant(each.name, main?.name) && each.doc !== '');
  const facts = [
    ...signatures.map(({ name, signature }) => `\`${showSignature(name, signature)}\``),
    ...optionLines(subject),
    ...presetsFor(exports.map(({ name }) => name)),
    ...(errors === '' ? [] : [`Errors: ${errors}`]),
    ...factsOf(subject, example),
    `Source: [${path}](../${path})`,
  ];
  return [
    `### ${title}`,
    '',
    ...(record === undefined ? [] : [proseOf(record.doc).text, '']),
    ...(text === '' || record !== undefined ? [] : [text, '']),
    ...(record === undefined ? [] : [...exports.map(({ name, doc }) => `\`${name}\`: ${proseOf(doc).text}`), '']),
    ...(record === undefined ? others.flatMap(({ name, doc }) => [`\`${name}\`: ${proseOf(doc).text}`, '']) : []),
    ...facts.map((fact) => (fact.startsWith('  ') ? fact : `- ${fact}`)),
    '',
    ...(example === undefined ? [] : ['```ts', example.code, '```', '', graphsOf(tensorsOf(example.value)), '']),
  ].join('\n');
}

/** Whether a name differs from that of the main export only in its dimensions. */
const isVariant = (name: string, main: string | undefined): boolean =>
  main !== undefined && name.replace(/[123]d$/, '') === main.replace(/[123]d$/, '');

/** Every option with its type and what it means, once. */
function optionLines({ signatures }: Subject): string[] {
  const members = new Map(signatures.flatMap(({ signature }) => signature.members.map((each) => [each.name, each])));
  if (members.size === 0) return [];
  const lines = [...members.values()].map(({ name, optional, type, doc }) => {
    const meaning = proseOf(doc).text.replace(/\s*\n\s*/g, ' ');
    return `  - \`${name}${optional ? '?' : ''}: ${type}\`${meaning === '' ? '' : `: ${meaning}`}`;
  });
  return ['Conventions:', ...lines];
}

function factsOf({ record, exports, numbers, title }: Subject, example: Example | undefined): string[] {
  const names = exports.map(({ name }) => name);
  const outputs = example === undefined ? [] : tensorsOf(example.value);
  const foreign = foreignNames(names.length === 0 ? [title] : names);
  const contracts = kinkContracts(names);
  const kinks = [...contracts, ...(record?.kinks ?? []).map(showKink)];
  const onnx =
    record?.onnx === undefined || outputs.length === 0 ? foreign.onnx : [onnxOf(record, outputs[0]![1].node)];
  const degrees =
    record === undefined ? measuredDegrees(outputs.map(([, tensor]) => tensor)) : (record.degree as Degrees);
  const differentiable = outputs.some(([, { dtype }]) => isFloat(dtype));
  return [
    ...(outputs.length === 0 ? [] : [`Degree: ${degreeText(degrees, record, differentiable)}`]),
    ...(!differentiable ? [] : [`Kinks: ${kinks.length > 0 ? kinks.join('; ') : inherited(outputs)}`]),
    ...(onnx.length === 0 ? [] : [`ONNX: ${[...new Set(onnx)].map(code).join(', ')}`]),
    ...(foreign.torch.length === 0 ? [] : [`PyTorch: ${foreign.torch.map(code).join(', ')}`]),
    ...(numbers.length === 0 ? [] : [`Checklist: ${numbers.join(', ')}`]),
  ];
}

type Degrees = { readonly [input: string]: Degree };

const code = (text: string): string => `\`${text}\``;

const onnxOf = (record: AnyOp, { attributes }: { readonly attributes: object }): string => record.onnx!(attributes).op;

function degreeText(degrees: Degrees, record: AnyOp | undefined, differentiable: boolean): string {
  const none = Object.entries(record?.vjp ?? {}).flatMap(([input, rule]) =>
    typeof rule === 'function' ? [] : [`no gradient for ${input}: ${rule.reason}`],
  );
  const known = Object.entries(degrees).map(([input, degree]) => `${input} ${degree}`);
  if (known.length === 0 && none.length === 0)
    return differentiable ? 'no inputs to differentiate by' : 'the result has no derivative';
  return [...(known.length === 0 ? [] : [known.join(', ')]), ...none].join('; ');
}

const showKink = ({ at, input, takes, singular = false }: Kink<string, object>): string => {
  const where = Object.entries(at).map(([name, values]) => `${name} = ${values.join(', ')}`);
  const side = [...new Set(takes)].join(', ');
  return `at ${where.join('; ')} the derivative by ${input} is ${side === 'zero' ? '0' : `that from the ${side}`}${singular ? ', as no one-sided one is finite' : ''}`;
};

/** Operators with kinks, or that choose, in the graph of an example. */
function inherited(outputs: ReturnType<typeof tensorsOf>): string {
  const nodes = outputs.flatMap(([, tensor]) => tensor.graph.build({ y: tensor }).nodes);
  const kinked = [...new Set(nodes.filter(({ op }) => (op.kinks ?? []).length > 0).map(({ op }) => op.name))];
  const choosing = nodes.some(({ op, type }) => !isFloat(type.dtype) && Object.keys(op.vjp).length > 0);
  if (kinked.length > 0) return `those of ${kinked.map(code).join(', ')}`;
  return choosing ? 'none declared; where its graph chooses, the gradient is that of what is chosen' : 'none';
}
