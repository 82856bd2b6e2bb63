import type { Kernel } from '../kernel.ts';
import type { Correlation } from './correlation.ts';
import { directKernel, type Operands } from './direct.ts';

export const choose = (problem: Correlation, operands: Operands): Kernel => directKernel(problem, operands);
