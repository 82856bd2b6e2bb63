import * as fc from 'fast-check';
import type { Backend } from '../backends/backend.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { CotangentError } from '../graph/error.ts';
import type { AnyOp, Case, OpTable } from '../graph/op.ts';
import { showType } from '../graph/type.ts';
import { ops as shipped } from '../ops/index.ts';
import { checkAdjoint } from './adjoint.ts';
import { checkDecomposition } from './decomposition.ts';
import { checkDegrees } from './degree.ts';
import { gradcheck } from './gradcheck.ts';
import { GradcheckError } from './gradcheck-error.ts';
import { checkKernel } from './kernel.ts';
import { checkKinks } from './kinks.ts';
import { type MutantReport, tryMutants } from './mutants/mutants.ts';
import { type ProofPart, proofParts } from './proof-parts.ts';
import { checkRecord } from './record.ts';
import { checkRoundTrips, exampleGradients, withGradients } from './round-trips.ts';
import type { Tally } from './tally.ts';

export interface ProofOptions {
  /** Everything drawn follows from it; 1 unless given. */
  readonly seed?: number;
  /** How many geometries; 60 unless given. */
  readonly runs?: number;
  /** To which order gradients are proved; 3 unless given. */
  readonly order?: number;
  /** fast-check's path to one counterexample, to repeat a failure. */
  readonly path?: string;
  /** What runs the graphs of derivatives; unless given, the reference or the compiled backend, whichever is sooner done. */
  readonly backend?: Backend;
  /** The operators that gradients may be made of; the shipped ones unless given. */
  readonly ops?: OpTable;
  /** The command that a failure names to repeat it, without seed and path: `cotangent gradcheck NAME` unless given. */
  readonly command?: string;
}

/** What has been proved of an operator. */
export interface Proof {
  readonly op: AnyOp;
  /** Geometries whose gradients were proved, and the derivatives compared in them by mode. */
  cases: number;
  readonly order: number;
  readonly tally: Tally;
  /** Inputs, over all cases, in which it was proved to be its own adjoint's adjoint. */
  adjoint: number;
  kinks: number;
  mutants: MutantReport | undefined;
}

/** All that is asked of an operator, one function per part; each throws what it can fault and notes what it proved. */
export function proofsOf(
  op: AnyOp,
  options: ProofOptions = {},
): { readonly proof: Proof; readonly parts: { readonly [P in ProofPart]: () => void } } {
  const { seed = 1, order = 3, ops = { ...shipped, [op.name]: op } } = options;
  const proof: Proof = {
    op,
    cases: 0,
    order,
    tally: { exact: 0, bounded: 0, smooth: 0, retried: 0 },
    adjoint: 0,
    kinks: 0,
    mutants: undefined,
  };
  const backend = options.backend === undefined ? {} : { backend: options.backend };
  const each = (part: ProofPart, check: (drawn: Case<string, object>, seed: number) => void) => (): void =>
    forAllCases(op, part, options, check);
  return {
    proof,
    parts: {
      record: () => checkRecord(op, fc),
      kernel: each('kernel', (drawn, seed) => {
        checkKernel(op, drawn, seed);
      }),
      degrees: () => {
        const drawn = fc.sample(fc.noBias(op.cases(fc)), { seed, numRuns: 40 });
        checkDegrees(
          op,
          drawn.map((each, i) => [each, seed + i]),
        );
      },
      gradients: each('gradients', (drawn, seed) => {
        const tally = gradcheck(op, { case: drawn, seed, order, ...backend }).expect();
        for (const mode of ['exact', 'bounded', 'smooth', 'retried'] as const) proof.tally[mode] += tally[mode];
        if (tally.exact + tally.bounded + tally.smooth > 0) proof.cases++;
      }),
      adjoint: each('adjoint', (drawn, seed) => {
        proof.adjoint += checkAdjoint(op, drawn, { seed, ...backend }).length;
      }),
      kinks: () => {
        proof.kinks = checkKinks(op);
      },
      decomposition: each('decomposition', (drawn, seed) => checkDecomposition(op, drawn, seed)),
      'round trips': () => {
        checkRoundTrips(exampleGradients(op), ops);
        each('round trips', (drawn) => checkRoundTrips(caseGraph(op, drawn), ops))();
      },
      mutants: () => {
        proof.mutants = tryMutants(op, fc, { seed });
        refuseSurvivors(op, proof.mutants);
      },
    },
  };
}

/**
 * Proves an operator: yours in the same way as the shipped ones. Needs fast-check.
 *
 * @throws CotangentError `gradcheck/…`: the first thing that could be faulted, in its smallest case.
 */
export function proveOperator(op: AnyOp, options: ProofOptions = {}): Proof {
  const { proof, parts } = proofsOf(op, options);
  for (const part of proofParts) parts[part]();
  return proof;
}

/** Runs a check over an operator's drawn cases; what fails is shrunk, and told with the command that repeats it. */
function forAllCases(
  op: AnyOp,
  part: ProofPart,
  options: ProofOptions,
  check: (drawn: Case<string, object>, seed: number) => void,
): void {
  const { seed = 1, runs = 60, path } = options;
  const property = fc.property(fc.noBias(op.cases(fc)), fc.noBias(fc.nat()), (drawn, seed) => check(drawn, seed));
  const result = fc.check(property, {
    seed,
    numRuns: runs,
    ...(path === undefined ? {} : { path, endOnFailure: true }),
  });
  if (!result.failed) return;
  const only = part === 'gradients' ? '' : ` --part '${part}'`;
  const command = options.command ?? `cotangent gradcheck ${op.name}`;
  const replay = `${command} --seed ${result.seed} --path ${result.counterexamplePath}${only}`;
  const error = result.errorInstance;
  if (error instanceof GradcheckError) throw error.withReplay(replay);
  const [drawn] = result.counterexample ?? [];
  throw new CotangentError(
    {
      code: 'gradcheck/case',
      summary: `${op.name}: ${part} failed`,
      details: [
        ...(error instanceof Error ? error.message : String(error)).split('\n'),
        `smallest case  ${drawn === undefined ? '' : showCase(drawn)}`,
        `replay         ${replay}`,
      ],
      fix: 'mend what the message names; the case is legal by the operator’s own `cases`.',
    },
    { cause: error },
  );
}

const showCase = ({ types, attributes }: Case<string, object>): string =>
  [...Object.entries(types).map(([name, type]) => `${name} ${showType(type)}`), JSON.stringify(attributes)].join('  ');

/** The operator on fresh inputs, with its gradients. */
function caseGraph(op: AnyOp, { types, attributes }: Case<string, object>): ReturnType<typeof withGradients> {
  const g = new GraphBuilder();
  const inputs = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, g.input(name, type)]));
  return withGradients(g.emit(op, inputs, attributes));
}

function refuseSurvivors(op: AnyOp, { survivors, unread }: MutantReport): void {
  if (survivors.length > 0)
    throw new CotangentError({
      code: 'gradcheck/survivors',
      summary: `${op.name}: ${survivors.length} wrong gradients were not noticed`,
      details: survivors.slice(0, 20),
      fix: 'draw cases in which these differ from the right gradient.',
    });
  if (unread.length > 0)
    throw new CotangentError({
      code: 'gradcheck/unread',
      summary: `${op.name}: no rule reads ${unread.join(', ')}`,
      fix: 'read it in the rule, or declare it under `irrelevant` with the reason.',
    });
}
