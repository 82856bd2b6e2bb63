/** Repeats or extends the proof of one operator: `npm run gradcheck -- conv --seed 1337 --path 0:2:1`. */
import { parseArgs } from 'node:util';
import { type ProofPart, proofParts, proofsOf } from '../src/check/index.ts';
import { CotangentError } from '../src/graph/error.ts';
import { ops } from '../src/ops/index.ts';

const usage = `usage: npm run gradcheck -- <operator> [--seed N] [--path P] [--part NAME] [--runs N] [--order N]
  --path   repeats one counterexample; a failure prints it
  --part   one of: ${proofParts.join(', ')} (all of them unless given; gradients with --path)
operators: ${Object.keys(ops).join(', ')}`;

const wholeNumber = (option: string, text: string | undefined, otherwise: number): number => {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(value)) refuse(`--${option} ${text} is not a whole number`);
  return value;
};

function refuse(problem: string): never {
  console.error(`${problem}\n${usage}`);
  process.exit(2);
}

function readArguments() {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({
      allowPositionals: true,
      options: { seed: text, path: text, part: text, runs: text, order: text },
    });
  } catch (error) {
    return refuse((error as Error).message);
  }
}

const { positionals, values } = readArguments();
const op = ops[positionals[0] ?? ''];
if (op === undefined || positionals.length !== 1) refuse(`name one operator, not '${positionals.join(' ')}'`);
const { path } = values;
const wanted = values.part ?? (path === undefined ? undefined : 'gradients');
if (wanted !== undefined && !proofParts.some((part) => part === wanted)) refuse(`there is no part '${wanted}'`);
const seed = wholeNumber('seed', values.seed, 1);
const options = { seed, runs: wholeNumber('runs', values.runs, 1000), order: wholeNumber('order', values.order, 3) };
const { proof, parts } = proofsOf(op, { ...options, ...(path === undefined ? {} : { path }) });

try {
  for (const part of wanted === undefined ? proofParts : [wanted as ProofPart]) {
    parts[part]();
    console.log(`${op.name}: ${part} proved`);
  }
  const { exact, bounded, smooth } = proof.tally;
  console.log(
    `${proof.cases} cases to order ${proof.order}: ${exact} derivatives equal, ${bounded} within rounding, ${smooth} smooth`,
  );
} catch (error) {
  if (!(error instanceof CotangentError)) throw error;
  console.error(`${error.name} ${error.message}`);
  process.exit(1);
}
