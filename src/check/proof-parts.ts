/** The parts of the proof, in the order in which a failure says most. */
export const proofParts = [
  'record',
  'kernel',
  'degrees',
  'gradients',
  'adjoint',
  'kinks',
  'decomposition',
  'round trips',
  'mutants',
] as const;
export type ProofPart = (typeof proofParts)[number];
