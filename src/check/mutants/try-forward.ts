import type * as FastCheck from 'fast-check';
import { wasmWith } from '../../backends/wasm/wasm.ts';
import { isFloat } from '../../graph/dtype.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import type { AnyOp } from '../../graph/op.ts';
import { sizeOf } from '../../graph/shape.ts';
import { drawPoint } from '../draw.ts';
import { Workbench } from '../workbench.ts';
import { type ForwardMutant, forwardMutants } from './forward-mutants.ts';
import { type Judge, valuesJudge } from './judges.ts';
import { Ledger, type MutantRecord } from './ledger.ts';
import { isSame, type Mistake, unlessRefused } from './mutant.ts';
import type { AlarmsBy } from './panel.ts';
import { type Drawn, drawnAt, trialsOf } from './trial.ts';
import { watch } from './watch.ts';
import { wordsIn } from './words-in.ts';

interface Options {
  readonly seed: number;
  /** How many drawn cases; those at declared kinks come on top. */
  readonly cases: number;
  readonly judges: readonly Judge[];
  /** All unless given. */
  readonly mistakes?: readonly Mistake[] | undefined;
}

/**
 * Tries all mutants of an operator's kernel: its values are held against those of the compiled backend, which is written
 * independently, and its derivatives, of the rule that was right for the right kernel, before the judges.
 */
export function tryForward(
  op: AnyOp,
  fc: typeof FastCheck,
  options: Options,
): { readonly records: readonly MutantRecord[]; readonly alarms: AlarmsBy } {
  const { seed, cases, judges, mistakes } = options;
  const own = { asked: 0, refused: 0 };
  const ledger = new Ledger([valuesJudge, ...judges]);
  const alternatives = wordsIn(fc, seed);
  const drawn = fc.sample(fc.noBias(op.cases(fc)), { seed, numRuns: cases });
  const tryAt = (at: Drawn, derivatives: (kernel: AnyOp['kernel'], open: ReadonlySet<string>) => string[]): void => {
    const { attributes, inputs } = at;
    if (sizeOf(op.infer(inputs, attributes).shape) === 0) return;
    const [watched, read] = watch(attributes);
    const right = valueBy((inputs, _, y) => op.kernel(inputs, watched, y), at);
    const differs = compiledAt(at);
    own.asked++;
    if (differs(right)) own.refused++;
    for (const mutant of forwardMutants(op, inputs, attributes, alternatives).filter(
      ({ mistake }) => mistakes?.includes(mistake) ?? true,
    ))
      ledger.try(entryOf(op, mutant), (open) =>
        unlessRefused(() => {
          const y = valueBy(mutant.kernel, at);
          const same = isSame(y, right, at.exact);
          const seen = open.has(valuesJudge.name) && differs(y) ? [valuesJudge.name] : [];
          const unread = mutant.attribute === undefined || read.has(mutant.attribute) ? {} : { why: () => notRead };
          return { same, killedBy: same ? seen : [...seen, ...derivatives(mutant.kernel, open)], ...unread };
        }),
      );
  };
  for (const [i, each] of drawn.entries()) {
    const at = drawnAt(op, each, seed + i);
    tryAt(at, (kernel, open) => {
      const asked = judges.filter(({ name }) => open.has(name));
      const trials = asked.length === 0 ? [] : trialsOf({ ...op, name: op.name, kernel }, each, seed + i);
      return asked
        .filter(({ on }) => trials.some((trial) => on(trial)?.(trial.pull, trial.gradient) === false))
        .map(({ name }) => name);
    });
    tryAt(withTies(at), () => []);
  }
  for (const { types, attributes, at } of op.kinks ?? []) {
    const inputs = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, array(type, at[name]!)]));
    tryAt({ ...drawnAt(op, { types, attributes }, seed), inputs }, () => []);
  }
  return { records: ledger.records(), alarms: { [valuesJudge.name]: own } };
}

const notRead = 'the kernel does not read the attribute: inference has put it into the type of the result';

/** The same with few different numbers, so that many are equal, zero, or half-way between whole ones. */
function withTies(at: Drawn): Drawn {
  const inputs = Object.entries(at.inputs).map(([name, value]) => {
    if (!isFloat(value.dtype)) return [name, value] as const;
    const whole = drawPoint(value, { kind: 'integers', low: -3, high: 3 }, at.random.fork(`ties ${name}`));
    return [
      name,
      array(
        value,
        Array.from(whole.data, (x) => x / 2),
      ),
    ] as const;
  });
  return { ...at, inputs: Object.fromEntries(inputs) };
}

const entryOf = (op: AnyOp, { kind, mistake, name, attribute }: ForwardMutant) =>
  ({
    of: 'forward',
    kind,
    mistake,
    name: `${op.name}: ${name}`,
    ...(attribute === undefined ? {} : { attribute: `${op.name} ${attribute}` }),
  }) as const;

function valueBy(kernel: AnyOp['kernel'], { op, inputs, attributes }: Drawn): NdArray {
  const y = array(op.infer(inputs, attributes));
  kernel(inputs, attributes, y);
  return y;
}

const compiled = wasmWith({ threads: 1, exact: true });

/** Whether values differ from the compiled backend's: in any bit, or by more than rounding where something is rounded. */
function compiledAt({ op, inputs, attributes, exact, subject }: Drawn): (y: NdArray) => boolean {
  const bench = new Workbench(compiled);
  const tensors = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, bench.input(name, value)]));
  const { data } = bench.program({ y: bench.g.emit(op, tensors, attributes) })().y!;
  const largest = Array.from(data).reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 0);
  const tolerance = exact ? 0 : 64 * Number.EPSILON * subject.condition * largest;
  return (y) =>
    !Array.from(y.data).every((x, i) => Object.is(x + 0, data[i]! + 0) || Math.abs(x - data[i]!) <= tolerance);
}
