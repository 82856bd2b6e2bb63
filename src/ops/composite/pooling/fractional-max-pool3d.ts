import { typed } from '../../typed.ts';
import { type FractionalMaxPoolFunction, fractionalMaxPoolNd } from './fractional-max-pool-nd.ts';

/**
 * Fractional max pooling over the last 3 axes of x: windows of one size at distances that vary as `samples` say, and the
 * flat positions of the maxima in their planes.
 *
 * @throws GraphError `pool/samples`, `pool/fraction`, … when the sizes do not fit.
 */
export const fractionalMaxPool3d: FractionalMaxPoolFunction<3> = typed((x, options) =>
  fractionalMaxPoolNd('fractionalMaxPool3d', 3, x, options),
);
