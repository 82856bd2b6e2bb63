import { join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { type Finding, figureFiles, inspectPage, parts } from '../inspect/index.ts';
import { writeAtomically } from '../io/write-atomically.ts';
import { cellText } from '../report/index.ts';
import type { NetOptions } from './inspect/net-subject.ts';
import { solveTable } from './inspect/solve-table.ts';
import { subjectOf } from './inspect/subject-of.ts';
import { withNetSize } from './net-size-options.ts';
import type { Terminal } from './terminal.ts';
import { textTable } from './text-table.ts';

interface InspectOptions extends NetOptions {
  readonly [part: string]: unknown;
  readonly solve?: string;
  readonly html?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `cotangent inspect`. */
export function inspectCommand({ out }: Terminal): Command {
  const command = new Command('inspect')
    .description('See what a net or any graph does before it is trained.')
    .addArgument(new Argument('[subject]', 'a net, a module that exports a graph, or a graph as JSON').default('unet'));
  for (const { name, summary } of parts) command.option(`--${name}`, summary);
  command
    .option('--solve <from:to>', 'which settings lead from one length to another: 64:128, or 64:128,kernel=4,stride=2')
    .option('--html <file>', 'a page with everything, and the graph to fold, unfold and ask')
    .option('--out <dir>', 'every plot and map as an SVG file')
    .option('--json', 'as data')
    .option('--grad', 'of a net, the loss and all gradients instead of the prediction');
  command.addOption(new Option('--train', 'of a net, a step of training (cross-entropy, Adam)').conflicts('grad'));
  return withNetSize(command)
    .addHelpText(
      'after',
      `
Without any of the options that look at something, all of them are told but --crossover.

Examples:
  cotangent inspect unet
  cotangent inspect deeplab --rf --cost --size 128
  cotangent inspect unet --html unet.html
  cotangent inspect unet --grad --html gradient.html
  cotangent inspect unet --train --memory --batch 8
  cotangent inspect my-graph.ts --checkerboard
  cotangent inspect --crossover --out pictures
  cotangent inspect --solve 64:128`,
    )
    .action(async (name: string, options: InspectOptions) => {
      if (options.solve !== undefined) out.write(`${solveTable(options.solve)}\n`);
      const chosen = parts.filter((part) => options[part.name] === true);
      if (options.solve !== undefined && chosen.length === 0 && options.html === undefined && options.out === undefined)
        return;
      const subject = await subjectOf(name, options);
      const told: { readonly name: string; readonly finding: Finding }[] = [];
      for (const part of chosen.length === 0 ? parts.filter(({ onRequest }) => onRequest !== true) : chosen)
        told.push({ name: part.name, finding: await part.look(subject) });
      const findings = told.map(({ finding }) => finding);
      if (options.html !== undefined) writeAtomically(options.html, inspectPage(subject, findings));
      const files = options.out === undefined ? [] : figureFiles(told);
      for (const { name, svg } of files) writeAtomically(join(options.out!, name), svg);
      if (options.json === true) {
        const tables = findings.map(({ title, tables }) => ({ title, tables }));
        out.write(`${JSON.stringify({ subject: subject.name, facts: subject.facts, findings: tables }, null, 1)}\n`);
        return;
      }
      out.write(`${subject.name}: ${subject.facts}\n`);
      for (const { title, tables } of findings)
        for (const { title: inner, head, rows } of tables) {
          const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cellText(cell) : cell)));
          out.write(`\n${[title, inner].filter((part) => part !== '').join(': ')}\n${textTable(head, cells)}\n`);
        }
      if (options.html !== undefined) out.write(`\nwritten to ${options.html}: open it in a browser\n`);
      if (options.out !== undefined) out.write(`\n${files.length} pictures in ${options.out}\n`);
    });
}
