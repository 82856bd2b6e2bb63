import type { Part } from '../part.ts';
import { aliasPart } from './alias-part.ts';
import { checkerboardPart } from './checkerboard-part.ts';
import { costPart } from './cost-part.ts';
import { crossoverPart } from './crossover-part.ts';
import { fieldPart } from './field-part.ts';
import { memoryPart } from './memory-part.ts';

/** All ways of looking at a graph, in the order in which they are told. */
export const parts: readonly Part[] = [fieldPart, costPart, memoryPart, aliasPart, checkerboardPart, crossoverPart];
