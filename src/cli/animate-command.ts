import { Command } from 'commander';
import { type ArithmeticOptions, animateArithmetic, convArithmetic } from '../analysis/index.ts';
import { writeAtomically } from '../io/write-atomically.ts';
import { positiveNumber } from './number-option.ts';
import type { Terminal } from './terminal.ts';
import { two } from './two-option.ts';

interface AnimateOptions extends ArithmeticOptions {
  readonly seconds?: number;
  readonly out?: string;
}

/** `cotangent animate`. */
export const animateCommand = ({ out }: Terminal): Command =>
  new Command('animate')
    .description('Draw the arithmetic of a convolution, or of a transposed one, as an animated SVG.')
    .option('--size <n>', 'rows and columns of the input: 5, or 5,4', two(1), 5)
    .option('--kernel <n>', 'of the kernel', two(1), 3)
    .option('--stride <n>', 'steps of the kernel, or of the stamps of a transposed convolution', two(1))
    .option('--padding <n>', 'zeros around; of a transposed convolution what is cut off', two(0))
    .option('--dilation <n>', 'distance of the taps', two(1))
    .option('--transposed', 'the transposed convolution: zeros put in between, and a kernel that walks over them')
    .option('--output-padding <n>', 'of a transposed convolution: added at the high end', two(0))
    .option('--seconds <s>', 'how long each step is shown (default: 0.7)', positiveNumber)
    .option('--out <file>', 'where to write it (default: it is printed)')
    .addHelpText(
      'after',
      `
Examples:
  cotangent animate --stride 2 --padding 1 --out strided.svg
  cotangent animate --transposed --size 2 --stride 2 --out transposed.svg
  cotangent animate --size 7,5 --kernel 3,2 --dilation 2,1 > dilated.svg`,
    )
    .action(({ seconds, out: file, ...options }: AnimateOptions) => {
      const svg = animateArithmetic(options, seconds === undefined ? {} : { seconds });
      if (file === undefined) {
        out.write(svg);
        return;
      }
      writeAtomically(file, svg);
      out.write(`${convArithmetic(options).caption}\nwritten to ${file}: open it in a browser\n`);
    });
