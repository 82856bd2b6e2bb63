import { normEdges, pointwiseEdges, productEdges } from './arithmetic.ts';
import { convolutionEdges } from './convolution.ts';
import type { Edge } from './edge.ts';
import { indexEdges } from './indexing.ts';
import { lossEdges } from './losses.ts';
import { movementEdges } from './movement.ts';
import { paddingEdges } from './padding.ts';
import { poolingEdges } from './pooling.ts';
import { reductionEdges } from './reduction.ts';
import { regionEdges } from './regions.ts';
import { resizingEdges } from './resizing.ts';
import { spectralEdges } from './spectra.ts';
import { unpoolingEdges } from './unpooling.ts';
import { warpingEdges } from './warping.ts';

/** What operators do at zero sizes, size 1, windows in padding, holes, shared positions, borders: by family. */
export const edges: { readonly [family: string]: readonly Edge[] } = {
  Convolution: convolutionEdges,
  Pooling: poolingEdges,
  'Unpooling and patches': unpoolingEdges,
  Padding: paddingEdges,
  Resizing: resizingEdges,
  Warping: warpingEdges,
  Regions: regionEdges,
  'Fourier transforms': spectralEdges,
  Reductions: reductionEdges,
  'Element by element': pointwiseEdges,
  Products: productEdges,
  Norms: normEdges,
  Losses: lossEdges,
  'Elements by index': indexEdges,
  Movement: movementEdges,
};
