import type { Arrays } from '../../backends/backend.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import { isFloat } from '../../graph/dtype.ts';
import type { AnyOp } from '../../graph/op.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { ops } from '../../ops/index.ts';
import { drawCotangent } from '../draw.ts';
import type { Failure, Snippet } from '../fuzz/campaign.ts';
import { Random } from '../random.ts';
import { compositePrinters } from './composite-printers.ts';
import { convPrinters } from './conv-printers.ts';
import { cotangentSnippet } from './cotangent-snippet.ts';
import { gradientAt } from './higher-order.ts';
import { pointwisePrinters } from './pointwise-printers.ts';
import type { CompositePrinters, Printers } from './printer.ts';
import { jaxSnippet, pytorchSnippet } from './python-snippets.ts';
import { shapePrinters } from './shape-printers.ts';
import type { SnippetSubject } from './snippet-subject.ts';
import { tfjsSnippet } from './tfjs-snippet.ts';

/** How operators are called elsewhere, by their records. */
const printers: ReadonlyMap<AnyOp, Printers> = new Map([...pointwisePrinters, ...shapePrinters, ...convPrinters]);

/** A case whose gradient is to be shown. */
export interface ShownCase {
  readonly values: Arrays;
  readonly attributes: object;
  /** The inputs that are differentiated by. */
  readonly wrt: readonly string[];
  /** The cotangent follows from it. */
  readonly seed: number;
}

/** An operator of ours, by its record, in one case: code for cotangent, and for other libraries that have it. */
export function operatorSnippets(op: AnyOp, shown: ShownCase, failure?: Failure): Snippet[] {
  // A user's own operator is not to be had by its name.
  if (ops[op.name] !== op) return [];
  const { values, attributes } = shown;
  const own = printers.get(op);
  return snippets(shown, failure, {
    title: op.name,
    build: (inputs, g) => g.emit(op, inputs, attributes),
    imports: ['ops'],
    call: `g.emit(ops.${op.name}, { ${Object.keys(values).join(', ')} }, ${JSON.stringify(attributes)})`,
    printers: own,
  });
}

/** The same for a function of cotangent/ops. */
export function compositeSnippets(
  name: string,
  reference: (inputs: { readonly [name: string]: Tensor }) => Tensor,
  shown: ShownCase,
  failure?: Failure,
): Snippet[] {
  const own = compositePrinters[name] as CompositePrinters | undefined;
  const usual = `${name}(${[...Object.keys(shown.values), JSON.stringify(shown.attributes)].join(', ')})`;
  return snippets(shown, failure, {
    title: name,
    build: reference,
    imports: [name],
    call: own?.cotangent?.(shown.attributes) ?? usual,
    printers: own,
  });
}

interface Written {
  readonly title: string;
  readonly imports: readonly string[];
  readonly call: string;
  readonly printers: Printers | undefined;
  build(inputs: { readonly [name: string]: Tensor }, g: GraphBuilder): Tensor;
}

function snippets(shown: ShownCase, failure: Failure | undefined, written: Written): Snippet[] {
  const { attributes, seed } = shown;
  const { printers } = written;
  const g = new GraphBuilder();
  const inputs = Object.fromEntries(
    Object.entries(shown.values).map(([name, value]) => [name, g.input(name, value)] as const),
  );
  const y = written.build(inputs, g);
  const jax = printers?.jax?.(attributes, shown.values);
  const place = failure?.compared?.of ?? shown.wrt.find((name) => shown.values[name]!.data.length > 0);
  if (!isFloat(y.dtype) || place === undefined) return [];
  const at = gradientAt(
    place,
    { inputs, values: shown.values, wrt: shown.wrt, y, cotangent: written.call, jax },
    { g, seed },
  );
  if (at === undefined) return [];
  const subject: SnippetSubject = {
    title: written.title,
    values: at.values,
    cotangent: drawCotangent(at.y, new Random(seed).fork('ct')),
    wrt: at.wrt,
    wrong: { input: at.input, element: worstElement(failure) },
    call: at.cotangent,
    imports: written.imports,
  };
  const found: Snippet[] = [{ for: 'cotangent', code: cotangentSnippet(subject) }];
  // Other libraries refuse empty tensors in many places.
  if ([y, ...Object.values(at.values)].some(({ shape }) => sizeOf(shape) === 0)) return found;
  // PyTorch and tfjs are asked for first derivatives only.
  const isFirst = at.wrt.length === shown.wrt.length;
  const pytorch = isFirst ? printers?.pytorch?.(attributes, shown.values) : undefined;
  if (pytorch !== undefined) found.push({ for: 'PyTorch', code: pytorchSnippet(subject, pytorch) });
  if (at.jax !== undefined) found.push({ for: 'JAX', code: jaxSnippet(subject, at.jax) });
  const tfjs = isFirst ? printers?.tfjs?.(attributes, shown.values) : undefined;
  if (tfjs !== undefined) found.push({ for: 'tfjs', code: tfjsSnippet(subject, tfjs) });
  return found;
}

/** The element that differs most, or the first one. */
function worstElement(failure: Failure | undefined): number {
  if (failure?.compared === undefined) return 0;
  const { analytic, numeric } = failure.compared;
  const differences = Array.from(analytic.data, (value, i) => Math.abs(value - numeric.data[i]!));
  return Math.max(0, differences.indexOf(Math.max(...differences)));
}
