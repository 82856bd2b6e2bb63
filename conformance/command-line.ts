import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { type Backend, type BackendName, backendNames, backends, type FloatDType } from 'cotangent';

/** Where help and complaints go. */
interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** What the command line asks for. */
export interface Arguments {
  /** A folder per suite; undefined for a default one that is not there. */
  readonly torch: string | undefined;
  readonly onnx: string | undefined;
  readonly backend: Backend;
  /** The engine's floats; what the cases have unless given. */
  readonly floats: FloatDType | undefined;
  /** Names of operators or case files, in lower case; all unless given. */
  readonly only: readonly string[] | undefined;
  readonly json: string | undefined;
}

const floats: { readonly [dtype: string]: FloatDType } = { float64: 'f64', float32: 'f32' };

/** Where the cases lie beside the repository. */
const shared = (suite: string): string => fileURLToPath(new URL(`../../shared/conformance/${suite}/`, import.meta.url));

/** Reads the arguments (without node and script). @throws CommanderError for bad usage, and once help is shown. */
export function readArguments(args: readonly string[], { out, err }: Streams): Arguments {
  const program = new Command('npm run conformance --')
    .description('Holds the library against results that it did not make: PyTorch’s, and ONNX’s node tests.')
    .option('--torch <dir>', 'a folder of PyTorch cases (default: ../shared/conformance/torch)')
    .option('--onnx <dir>', 'a folder of ONNX cases (default: ../shared/conformance/onnx)')
    .addOption(new Option('--backend <name>', 'what runs the graphs').choices(backendNames).default('reference'))
    .addOption(
      new Option(
        '--dtype <type>',
        'the floats to compute in; PyTorch cases in float64 and ONNX cases in their own unless given',
      ).choices(Object.keys(floats)),
    )
    .option('--only <names>', 'only these operators or case files, with commas between')
    .option('--json <file>', 'also write every case and what became of it')
    .allowExcessArguments(false)
    .showHelpAfterError('(see npm run conformance -- --help)')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .addHelpText(
      'after',
      `
Examples:
  npm run conformance                                      all given cases
  npm run conformance -- --only conv2d,Conv --dtype float32
  npm run conformance -- --torch DIR --onnx DIR            other cases of the same format
  npm run conformance -- --only interpolate_bicubic --json report.json

Exit codes: 0 nothing failed, 1 a case failed, 2 the command line or a case file is wrong.`,
    )
    .parse([...args], { from: 'user' });
  const given = program.opts<{ [option in keyof Arguments | 'dtype']?: string }>();
  const folder = (suite: 'torch' | 'onnx'): string | undefined =>
    given[suite] ?? (existsSync(shared(suite)) ? shared(suite) : undefined);
  const only = given.only?.split(',').map((name) => name.trim().toLowerCase());
  return {
    torch: folder('torch'),
    onnx: folder('onnx'),
    backend: backends[given.backend as BackendName],
    floats: given.dtype === undefined ? undefined : floats[given.dtype],
    only: only?.filter((name) => name !== ''),
    json: given.json,
  };
}
