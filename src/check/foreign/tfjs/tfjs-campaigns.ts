import type { Campaign } from '../../fuzz/campaign.ts';
import { campaignsOf } from '../campaigns-of.ts';
import type { ForeignCase } from '../foreign-operator.ts';
import { inTurn } from '../in-turn.ts';
import { convolutions } from './convolutions.ts';
import { images } from './images.ts';
import { pointwise } from './pointwise.ts';
import { poolings } from './pooling.ts';
import { reductions } from './reductions.ts';
import { secondOrder } from './second-order.ts';
import { tensors } from './tensors.ts';
import type { TfBackend, Tfjs } from './tfjs.ts';
import type { TfjsOperator } from './tfjs-operator.ts';
import { tfjsTarget } from './tfjs-target.ts';

const operators: readonly TfjsOperator[] = [
  ...convolutions,
  ...poolings,
  ...images,
  ...reductions,
  ...tensors,
  ...pointwise,
];
const all: readonly TfjsOperator[] = operators.flatMap((op) =>
  op.twice === undefined ? [op] : [op, secondOrder(op, op.twice)],
);

/** Campaigns against tfjs, on every backend that it has here. */
export function tfjsCampaigns(tf: Tfjs): Campaign<ForeignCase>[] {
  const turn = inTurn();
  return (['cpu', 'wasm'] as const satisfies readonly TfBackend[])
    .filter((backend) => tf.findBackendFactory(backend) != null)
    .flatMap((backend) => campaignsOf(tfjsTarget(tf, backend, all, turn)));
}
