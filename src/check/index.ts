export { checkAdjoint } from './adjoint.ts';
export { checkDecomposition } from './decomposition.ts';
export { checkDegrees } from './degree.ts';
export { drawCotangent, drawDirection, drawPoint } from './draw.ts';
export type { BridgeAnswer, BridgeRequest, Conversation, Greeting, WireArray } from './foreign/bridge/protocol.ts';
export { checkExternal } from './foreign/check-external.ts';
export type { ExternalCheck, ExternalFinding, ExternalInput } from './foreign/external.ts';
export { TargetError } from './foreign/target-errors.ts';
export {
  type CheckerOptions,
  type FunctionOptions,
  type GraphFunction,
  type GraphOptions,
  gradcheck,
  gradchecker,
  type OperatorOptions,
} from './gradcheck.ts';
export { type Finding, GradcheckError, type Mode } from './gradcheck-error.ts';
export { checkKernel } from './kernel.ts';
export { checkKink, checkKinks, type KinkContract } from './kinks.ts';
export { type CheckLawOptions, checkLaw, type LawCase, type LawOptions } from './laws/check-law.ts';
export { lawCampaigns, laws } from './laws/index.ts';
export type { Equation, Law, LawInput, Side, Statement } from './laws/law.ts';
export { type Fate, type MutantKind, mutantKinds } from './mutants/mutant.ts';
export { type MutantOptions, type MutantReport, tryMutants } from './mutants/mutants.ts';
export { type ProofPart, proofParts } from './proof-parts.ts';
export { type Proof, type ProofOptions, proofsOf, proveOperator } from './prove.ts';
export { Random } from './random.ts';
export { type Along, Report } from './report.ts';
export { checkRoundTrips, exampleGradients, withGradients } from './round-trips.ts';
export type { Tally } from './tally.ts';
