import { convolution } from './convolution.ts';
import { curves } from './curves.ts';
import { dilation } from './dilation.ts';
import { pooling } from './pooling.ts';
import { regionPictures } from './regions.ts';
import { sampling } from './sampling.ts';
import { transposed } from './transposed.ts';

/** The lessons' pictures by file name, each made by the library itself. */
export const pictures: { readonly [file: string]: () => string | Uint8Array | Promise<string | Uint8Array> } = {
  ...convolution,
  ...curves,
  ...pooling,
  ...sampling,
  ...transposed,
  ...dilation,
  ...regionPictures,
};
