import { onnxOperators } from '../../conformance/onnx/table.ts';
import { torchFunctions } from '../../conformance/torch/table.ts';

/** What ONNX and PyTorch call the same, as far as the conformance runner knows: names that agree but for their spelling. */
export function foreignNames(names: readonly string[]): { readonly onnx: string[]; readonly torch: string[] } {
  const own = new Set(names.map(plain));
  const among = (table: object): string[] => Object.keys(table).filter((name) => own.has(plain(name)));
  return { onnx: among(onnxOperators), torch: among(torchFunctions) };
}

/** Names that differ by more than spelling. */
const others: { readonly [foreign: string]: string } = {
  averagepool: 'avgpool',
  binarycrossentropy: 'bce',
  binarycrossentropywithlogits: 'bcewithlogits',
  gathernd: 'gathernd',
  hardshrink: 'shrink',
  kldiv: 'kldivergence',
  lrn: 'localresponsenorm',
  mseloss: 'mse',
  negativeloglikelihoodloss: 'nll',
  nllloss: 'nll',
  softmaxcrossentropyloss: 'crossentropy',
  softshrink: 'shrink',
  swish: 'silu',
  where: 'select',
};

function plain(name: string): string {
  const stem = name
    .toLowerCase()
    .replaceAll('_', '')
    .replace(/^reduce/, '')
    .replace(/ization$/, '')
    .replace(/withindices$/, '')
    .replace(/[123]d$/, '');
  return others[stem] ?? stem;
}
