import { type SizeOperation, type SizeQuestion, sizeOperations, solveSize } from '../../analysis/index.ts';
import { CotangentError } from '../../graph/error.ts';
import { textTable } from '../text-table.ts';

const shown = 12;
const settings = ['kernel', 'stride', 'padding', 'dilation', 'outputPadding'] as const;

/**
 * The plainest settings that lead from one length to another, as a table.
 *
 * @param text `64:128`, or with settings that stay: `64:128,kernel=4,operation=convTranspose`
 * @throws CotangentError `inspect/solve` for anything else.
 */
export function solveTable(text: string): string {
  const question = questionIn(text);
  const answers = solveSize(question);
  if (answers.length === 0)
    return `no setting with a kernel up to 7 makes ${question.to} of ${question.from}: give a larger kernel (kernel=9), or resize.`;
  const rows = answers.slice(0, shown).map(({ text, warnings }) => [text, warnings.join('; ')]);
  const more = answers.length > shown ? `\n… and ${answers.length - shown} more` : '';
  return `${question.from} → ${question.to}\n${textTable(['write', 'mind'], rows)}${more}`;
}

function questionIn(text: string): SizeQuestion {
  const [lengths = '', ...given] = text.split(',');
  const match = /^(\d+):(\d+)$/.exec(lengths.trim());
  const question: { -readonly [K in keyof SizeQuestion]: SizeQuestion[K] } = {
    from: Number(match?.[1]),
    to: Number(match?.[2]),
  };
  for (const part of given) {
    const [name = '', value = ''] = part.split('=').map((word) => word.trim());
    const setting = settings.find((one) => one === name);
    const operation = sizeOperations.find((one) => one === value);
    if (setting !== undefined && /^\d+$/.test(value)) question[setting] = Number(value);
    else if (name === 'operation' && operation !== undefined) question.operations = [operation] as SizeOperation[];
    else refuse(text, `${part} is no setting`);
  }
  if (match === null) refuse(text, `${lengths} is not two lengths`);
  return question;
}

function refuse(text: string, why: string): never {
  throw new CotangentError({
    code: 'inspect/solve',
    summary: `--solve ${text}: ${why}`,
    fix: `give 64:128, or with settings that stay 64:128,kernel=4,operation=convTranspose; settings are ${settings.join(', ')} and operation (${sizeOperations.join(', ')}).`,
  });
}
