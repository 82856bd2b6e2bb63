import type { Shape } from '../graph/shape.ts';

/**
 * What operators say when sizes do not fit, by error code; `{name}` stands for a fact. The compiler's message and the
 * run-time error are both made of these sentences, so they cannot differ.
 */
export const wording = {
  'affine-grid/theta': 'theta is {theta}; for the size {size} it must be {needed}',
  'axes/range': '{x} has no axis {axis}',
  'axes/repeated': 'axes {axes} of {x} name one axis twice',
  'batch-norm/channels': '{name} is {given}; x has {channels} channels, so it must be [{channels}]',
  'blur/rank': 'x is {x}; it needs rank 3 or more',
  'broadcast/shapes': '{a} and {b} do not broadcast: {m} against {n}',
  'broadcast/target': '{x} does not broadcast to {target}',
  'concat/rank': 'tensors 0 and {k} are {a} and {b}: they differ in rank',
  'concat/sizes':
    'tensors 0 and {k} are {a} and {b}: they differ on axis {at}, {m} against {n}, and are joined on axis {axis}',
  'conv/bias': 'the bias is {bias}; w makes {outputs} output channels, so it must be [{outputs}]',
  'conv/channels': 'w reads {read} channels × {groups} = {product}; x has {channels}',
  'conv/groups': '{outputs} output channels cannot be split into {groups}',
  'conv/rank': 'x is {x} and w is {w}; both need rank {rank}',
  'conv/window': 'no window fits along spatial axis {axis}: it spans {need}, x with its padding {have}',
  'conv-transpose/channels': 'w takes {inputs} channels; x has {channels}',
  'conv-transpose/groups': '{inputs} input channels cannot be split into {groups}',
  'conv-transpose/window': 'nothing is left along spatial axis {axis}: {size} elements make a result of {result}',
  'dtype/differ': 'dtypes {a} and {b} differ',
  'dtype/float': '{dtype} is not a float dtype',
  'glu/odd': 'axis {axis} of {x} has {size} elements, which have no halves',
  'grid-sample/grid':
    'the grid is {grid}; to sample {x} it needs rank {rank}, with {batch} as its first and {axes} as its last size',
  'matmul/inner': '{a} and {b} do not multiply: rows of {m} meet columns of {n}',
  'matmul/rank': '{a} and {b} do not multiply: neither may be a scalar',
  'pad/axes': '{x} has rank {rank}, padding is given for {given} axes',
  'pad/crop': 'axis {axis} of {x} padded by {lo} and {hi} would have {left} elements',
  'pool/rank': 'x is {x}; it needs rank {rank}',
  'pool/weights': 'w is {w}; x has {channels} channels',
  'pool/window': 'no window fits along spatial axis {axis}: it spans {need}, x with its padding {have}',
  'region/boxes': 'the boxes are {boxes}, not [K,5]',
  'region/image': 'x is {x}; it needs rank 4',
  'reshape/size': '{x} has {have} elements, {shape} has {want}',
  'reshape/rest': '{x} has {have} elements, not a multiple of the other sizes of {shape}',
  'resize/rank': 'x is {x}; it needs rank {rank}',
  'resize/size': '{size} elements along spatial axis {axis} scaled by {scale} leave nothing',
  'shuffle/channels': '{channels} channels are no multiple of {blocks}, the elements of a block',
  'shuffle/rank': 'x is {x}; it needs rank {rank} or more',
  'shuffle/size': '{size} elements along spatial axis {axis} are no multiple of {block}',
  'slice/axes': '{x} has rank {rank}, {given} values are given for {which}',
  'slice/range': '{start} to {limit} is no range of the {size} elements along axis {axis}',
  'split/sizes': '{sizes} do not add up to the {size} elements along axis {axis} of {x}',
  'squeeze/size': 'axis {axis} of {x} has size {size}, not 1',
  'stack/shapes': 'tensors 0 and {k} are {a} and {b}: stacking needs equal shapes',
  'target/shape': 'the target is {target}; logits {logits} need {needed}',
  'transpose/permutation': '{permutation} does not permute the axes of {x}',
} as const;

/** The codes of refusals that the compiler can give too. */
export type Code = keyof typeof wording;

/** The names in braces of a sentence. */
type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** What a refusal must know to be spoken; a shape reads `[2,3]`. */
export type Facts<C extends Code> = {
  readonly [name in Placeholders<(typeof wording)[C]>]: string | number | Shape;
};
