import { type DType, dtypes } from '../dtype.ts';
import { GraphError } from '../error.ts';
import type { Graph } from '../graph.ts';
import { input, roles } from '../input.ts';
import type { OpTable } from '../op.ts';
import type { Type } from '../type.ts';
import { assemble, type Place, type RawNode } from './assemble.ts';
import { nameText } from './names.ts';
import { Scanner } from './scanner.ts';

/**
 * Reads what `print` writes. Blank lines and lines that begin with `#` are skipped.
 *
 * @param ops the operators that the text may use.
 * @throws GraphError with line, column and cure for malformed text; what `check` throws for text that is no valid graph.
 */
export function parse(text: string, ops: OpTable): Graph {
  const nodes: RawNode[] = [];
  const outputs: { [name: string]: string } = {};
  const updates: { [name: string]: string } = {};
  const at = { nodes: [] as number[], outputs: new Map<string, number>(), updates: new Map<string, number>() };
  const lines = text.split(/\r?\n/);
  for (const [i, line] of lines.entries()) {
    const scanner = new Scanner(line, i + 1);
    if (scanner.atEnd() || scanner.sees('#')) continue;
    const first = scanner.word('a node such as n3, output or update');
    if (first === 'output') readResult(scanner, outputs, at.outputs);
    else if (first === 'update') readResult(scanner, updates, at.updates);
    else {
      nodes.push(readNode(scanner, first));
      at.nodes.push(i);
    }
  }
  return assemble({ nodes, outputs, updates }, ops, (place, { code, summary, fix }) => {
    const row = 'node' in place ? at.nodes[place.node]! : at[place.part].get(place.name)!;
    const column = columnOf(place, lines[row]!);
    throw new GraphError({
      code: `parse/${code}`,
      summary: `line ${row + 1}, column ${column}: ${summary}`,
      details: [lines[row]!.trim()],
      fix,
    });
  });
}

function readResult(scanner: Scanner, into: { [name: string]: string }, at: Map<string, number>): void {
  const name = scanner.name('a name');
  if (at.has(name)) scanner.refuse(`'${name}' stands here twice`, 'give each output and update one line.');
  scanner.expect('=');
  into[name] = scanner.id();
  at.set(name, scanner.line - 1);
  scanner.expectEnd();
}

function readNode(scanner: Scanner, id: string): RawNode {
  if (!/^n(0|[1-9]\d*)$/.test(id))
    scanner.refuse(
      `'${id}' begins no line`,
      "begin lines with a node id such as n3, 'output', 'update' or '#'.",
      id.length,
    );
  scanner.expect('=');
  const op = scanner.name('an operator');
  const role = roles.find((known) => known === op);
  if (role !== undefined && !scanner.sees('(')) {
    const name = scanner.string();
    const type = readType(scanner);
    return { id, op: input.name, inputs: {}, attributes: { name, role, ...type }, type, scope: readScope(scanner) };
  }
  const inputs = readOperands(scanner);
  const attributes = scanner.sees('{') ? (scanner.value() as object) : {};
  return { id, op, inputs, attributes, type: readType(scanner), scope: readScope(scanner) };
}

function readOperands(scanner: Scanner): { [name: string]: string } {
  const inputs: { [name: string]: string } = {};
  scanner.expect('(');
  for (let first = true; !scanner.take(')'); first = false) {
    if (!first) scanner.expect(',');
    const name = scanner.name('the name of an input');
    if (Object.hasOwn(inputs, name)) scanner.refuse(`input '${name}' stands here twice`, 'name each input once.');
    scanner.expect(':');
    inputs[name] = scanner.id();
  }
  return inputs;
}

function readType(scanner: Scanner): Type {
  scanner.expect(':');
  const name = scanner.word('a type such as f64[2,3]');
  const dtype = dtypes.find((known: DType) => known === name);
  if (dtype === undefined) scanner.refuse(`unknown dtype '${name}'`, `use one of ${dtypes.join(', ')}.`, name.length);
  const shape: number[] = [];
  scanner.expect('[');
  while (!scanner.take(']')) {
    if (shape.length > 0) scanner.expect(',');
    shape.push(scanner.dimension());
  }
  return { dtype, shape };
}

function readScope(scanner: Scanner): string | undefined {
  if (scanner.atEnd()) return undefined;
  scanner.expect('#');
  return scanner.rest();
}

/** Columns of faults that only the whole graph shows: where the id, the operator or the operand stands in its line. */
function columnOf(place: Place, line: string): number {
  if (place.part === 'outputs' || place.part === 'updates') return line.lastIndexOf('=') + 3;
  if (place.part !== 'inputs') return place.part === 'id' ? line.search(/\S/) + 1 : line.indexOf('=') + 3;
  const operand = `${nameText(place.name)}:`;
  const at = ['(', ', ', ','].map((before) => line.indexOf(before + operand) + before.length);
  return Math.max(0, ...at.map((column, i) => (column >= 1 && line.startsWith(operand, column) ? column : -1 - i))) + 1;
}
