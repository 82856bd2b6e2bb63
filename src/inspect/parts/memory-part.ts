import { type CompiledMemory, compiledMemoryOf, memoryOf } from '../../analysis/index.ts';
import { type Html, linePlot, plots, type Table } from '../../report/index.ts';
import type { Finding, Part } from '../part.ts';
import type { Subject, Version } from '../subject.ts';

/** So many of the widest steps are told. */
const widestSteps = 8;

/** Bytes by liveness beside the notes' rule, and the arena of the compiled program (operators.md 62 to 64). */
export const memoryPart: Part = {
  name: 'memory',
  summary: 'memory by liveness beside the notes’ 3×, and the compiled program’s arena',
  look: async (subject: Subject): Promise<Finding> => {
    const versions = subject.versions?.() ?? [{ name: subject.name, graph: subject.graph }];
    const compiled = versions.map(({ name, graph }) => ({ name, memory: compiledMemoryOf(graph) }));
    return {
      title: 'Memory',
      note: 'A value is needed from the step that makes it to the last that reads it; the widest moment counts. The notes multiply features and weights by three for training, which knows neither what is freed nor what an optimiser keeps. All in bytes.',
      tables: [
        byLiveness(versions),
        arenaTable(compiled),
        byPrecision(subject),
        widest(compiledMemoryOf(subject.graph), subject.name),
      ],
      figures: [plots([await overSteps(compiled)])],
    };
  },
};

const byLiveness = (versions: readonly Version[]): Table => ({
  title: 'By liveness, each node a step of its own',
  head: ['', 'inputs', 'parameters', 'states', 'widest moment', 'total', 'if nothing were freed', 'notes', 'notes’ 3×'],
  rows: versions.map(({ name, graph }) => {
    const { kept, peak, total, every, notes } = memoryOf(graph);
    const { input, parameter, state } = kept;
    return [name, input, parameter, state, peak, total, every, notes.forward, notes.training];
  }),
});

type Compiled = readonly { readonly name: string; readonly memory: CompiledMemory }[];

const arenaTable = (compiled: Compiled): Table => ({
  title: 'Compiled: predicted over the plan’s steps, and the arena that it takes',
  head: ['', 'steps', 'kept', 'widest moment', 'predicted', 'arena', 'more than predicted'],
  rows: compiled.map(({ name, memory: { steps, kept, peak, predicted, arena } }) => [
    name,
    steps.length,
    kept,
    peak,
    predicted,
    arena,
    `${(100 * (arena / predicted - 1)).toFixed(2)} %`,
  ]),
});

const byPrecision = ({ graph, name }: Subject): Table => ({
  title: `${name} in other precisions, by liveness`,
  head: ['', 'parameters', 'widest moment', 'total', 'notes', 'notes’ 3×'],
  rows: Object.entries({ FP32: 4, FP16: 2, INT8: 1 }).map(([precision, floatBytes]) => {
    const { kept, peak, total, notes } = memoryOf(graph, { floatBytes });
    return [precision, kept.parameter, peak, total, notes.forward, notes.training];
  }),
});

const widest = ({ steps }: CompiledMemory, name: string): Table => ({
  title: `The widest steps of: ${name}`,
  head: ['step', 'operators', 'result', 'scope', 'live'],
  rows: steps
    .map(({ ops, result, scope = '', live }, i) => [i, short(ops), result, scope, live] as const)
    .toSorted((a, b) => b[4] - a[4] || a[0] - b[0])
    .slice(0, widestSteps),
});

const short = (ops: readonly string[]): string =>
  ops.length <= 4 ? ops.join(' ') : `${ops.slice(0, 3).join(' ')} … ${ops.length - 3} more`;

const overSteps = (compiled: Compiled): Promise<Html> =>
  linePlot({
    title: 'Values in memory, step by step',
    x: 'step',
    y: 'MB',
    lines: compiled.map(({ name, memory }) => ({
      name,
      points: memory.steps.map(({ live }, i) => [i, live / 2 ** 20]),
    })),
  });
