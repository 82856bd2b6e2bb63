import { activationPrinters } from './activation-printers.ts';
import type { CompositePrinters } from './printer.ts';
import { regionPrinters } from './region-printers.ts';
import { samplingPrinters } from './sampling-printers.ts';
import { windowPrinters } from './window-printers.ts';

/** How functions of cotangent/ops are called there and elsewhere, by their names. */
export const compositePrinters: { readonly [name: string]: CompositePrinters } = {
  ...activationPrinters,
  ...windowPrinters,
  ...samplingPrinters,
  ...regionPrinters,
};
