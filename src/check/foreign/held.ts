import { isFloat } from '../../graph/dtype.ts';
import type { ExternalInput } from './external.ts';

/** Whether an input has no derivative to ask for. */
export const isHeld = ({ type, held }: ExternalInput): boolean => held === true || !isFloat(type.dtype);
