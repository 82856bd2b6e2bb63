import type { ArgmaxWindowAttributes } from '../../../../ops/window/argmax-window.ts';
import type { KernelFor } from '../kernel.ts';
import { windowMaxima } from './window-maxima.ts';

/** Positions of window maxima. */
export const argmaxWindowKernel: KernelFor = ({ type: y, attributes }, { x }) => ({
  name: 'argmaxWindow',
  phases: [
    (code, { inputs, output }) => {
      const what = { x: x!, y, attributes: attributes as ArgmaxWindowAttributes };
      windowMaxima(code, what, 'position', inputs.x!.address, output.address);
    },
  ],
});
