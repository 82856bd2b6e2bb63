import { GraphError } from '../../graph/error.ts';
import type { Graph, Node } from '../../graph/graph.ts';
import { isInput } from '../../graph/input.ts';
import type { AnyOp } from '../../graph/op.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { sameType, showType, type Type } from '../../graph/type.ts';
import { programOf } from '../program.ts';
import type { Pullback } from '../schemes/scheme.ts';
import { type Alternatives, attributeChanges } from './attribute-changes.ts';
import { isSame, type Mistake, type Mutant, type MutantKind } from './mutant.ts';
import { ruleOf, stageOf, type Trial } from './trial.ts';

/** What could be wrong inside a rule: every node of the graph that it emits, changed in every way that one node can be. */
export function graphMutants(trial: Trial, alternatives: Alternatives): Mutant[] {
  const { bench, values } = stageOf(trial);
  const result = ruleOf(trial.op, trial.key)!(values as { y: Tensor; ct: Tensor }, trial.attributes, trial.key);
  const graph = bench.g.build({ result, y: values.y! });
  const emitted = graph.nodes.filter((node) => !isInput(node) && node.id !== graph.outputs.y);
  return emitted.flatMap((node) =>
    changesOf(node, graph, alternatives).map(({ kind, mistake, how, attribute, change, alike }) => ({
      kind,
      mistake,
      node: node.id,
      ...(attribute === undefined ? {} : { attribute }),
      name: `${node.id} ${node.op.name} ${how}`,
      make: () => pullChanged(graph, { ...node, ...change }, trial),
      ...(alike === undefined
        ? {}
        : { why: () => (areEqual(graph, alike, trial) ? 'the two values are equal in this case' : undefined) }),
    })),
  );
}

interface Change {
  readonly kind: MutantKind;
  readonly mistake: Mistake;
  readonly how: string;
  readonly attribute?: string;
  readonly change: Partial<Node>;
  /** Of the nodes that change places: their ids. */
  readonly alike?: readonly [string, string];
}

function changesOf(node: Node, graph: Graph, alternatives: Alternatives): Change[] {
  return [...valueChanges(node), ...namedAttributeChanges(node, alternatives), ...operandChanges(node, graph)];
}

function valueChanges({ op, type }: Node): Change[] {
  const after = (mistake: Mistake, how: string, f: (x: number) => number): Change => ({
    kind: 'node',
    mistake,
    how,
    change: { op: followedBy(op, f) },
  });
  if (type.dtype === 'bool')
    return [
      after('mask', 'negated', (x) => 1 - x),
      after('mask', 'always true', () => 1),
      after('mask', 'always false', () => 0),
    ];
  if (type.dtype === 'i32')
    return [
      after('index shift', '+ 1', (x) => x + 1),
      after('index shift', '− 1', (x) => x - 1),
      after('index shift', 'dropped', () => 0),
    ];
  return [
    after('sign', 'negated', (x) => -x),
    after('factor', 'doubled', (x) => 2 * x),
    after('term', 'dropped', () => 0),
    after('term', '+ 1', (x) => x + 1),
  ];
}

/** The operator with its result changed afterwards. */
function followedBy(op: AnyOp, f: (x: number) => number): AnyOp {
  const kernel: AnyOp['kernel'] = (inputs, attributes, y) => {
    op.kernel(inputs, attributes, y);
    y.data.forEach((x, i) => {
      y.data[i] = f(x);
    });
  };
  return { ...op, name: op.name, kernel };
}

const namedAttributeChanges = ({ op, attributes }: Node, alternatives: Alternatives): Change[] =>
  attributeChanges(op, attributes, alternatives).map(({ attribute, mistake, name, attributes }) => ({
    kind: 'node attribute',
    mistake,
    attribute,
    how: name,
    change: { attributes },
  }));

function operandChanges({ id, op, inputs }: Node, graph: Graph): Change[] {
  const typeOf = new Map(graph.nodes.map((node) => [node.id, node.type]));
  const names = Object.keys(inputs);
  const swaps = names.flatMap((a, i) =>
    names.slice(i + 1).flatMap((b): Change[] => {
      const useless = op.commutative === true || inputs[a] === inputs[b];
      if (useless || !sameType(typeOf.get(inputs[a]!)!, typeOf.get(inputs[b]!)!)) return [];
      return [
        {
          kind: 'node operands',
          mistake: 'operand',
          how: `${a} and ${b} swapped`,
          change: { inputs: { ...inputs, [a]: inputs[b]!, [b]: inputs[a]! } },
          alike: [inputs[a]!, inputs[b]!],
        },
      ];
    }),
  );
  const earlier = graph.nodes.slice(
    0,
    graph.nodes.findIndex((node) => node.id === id),
  );
  const rewired = names.flatMap((name) =>
    earlier
      .filter((other) => other.id !== inputs[name] && sameType(other.type, typeOf.get(inputs[name]!)!))
      .map(
        (other): Change => ({
          kind: 'node operands',
          mistake: 'operand',
          how: `${name} reads ${other.id}`,
          change: { inputs: { ...inputs, [name]: other.id } },
          alike: [inputs[name]!, other.id],
        }),
      ),
  );
  return [...swaps, ...rewired];
}

/** Replaces a node, infers all types anew, and makes a pullback of what is left of the gradient. */
function pullChanged(graph: Graph, changed: Node, { inputs, u }: Trial): Pullback {
  const types = new Map<string, Type>();
  const nodes = graph.nodes.map((old) => {
    const node = old.id === changed.id ? changed : old;
    const operands = Object.fromEntries(Object.entries(node.inputs).map(([name, id]) => [name, types.get(id)!]));
    const type = node.op.infer(operands, node.attributes);
    types.set(node.id, type);
    return { ...node, type };
  });
  const result = graph.outputs.result!;
  const was = graph.nodes.find(({ id }) => id === result)!.type;
  if (!sameType(types.get(result)!, was))
    throw new GraphError({
      code: 'grad/rule-type',
      summary: `the rule gives ${showType(types.get(result)!)}`,
      fix: `give ${showType(was)}.`,
    });
  const program = programOf({ ...graph, nodes, outputs: { result } }, { ...inputs, ct: u });
  return (ct) => program({ ct }).result!;
}

function areEqual(graph: Graph, [a, b]: readonly [string, string], { inputs, u }: Trial): boolean {
  const values = programOf({ ...graph, outputs: { a, b } }, { ...inputs, ct: u })();
  return isSame(values.a!, values.b!, true);
}
