/** Length of an axis of `length` ≥ 1 elements spread `dilation` apart: (length − 1)·dilation + 1. */
export const extent = (length: number, dilation: number): number => (length - 1) * dilation + 1;
