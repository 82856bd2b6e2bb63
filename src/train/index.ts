export { BoundaryScores } from './boundary-scores.ts';
export type { Callbacks, SavedCheckpoint } from './callbacks.ts';
export { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
export { type Compared, type CompareRun, type CompareState, compare, resumeComparison } from './compare/compare.ts';
export { comparisonPage } from './compare/comparison-page.ts';
export type { MeasuredNet, NetOutcome } from './compare/measured-net.ts';
export { type Comparison, recipeFor } from './compare/recipe.ts';
export { type DataSource, lossNames, normNames, type TrainConfig } from './config.ts';
export { type Augmentation, type Elasticity, type Flip, flips, type Turn, turns } from './data/augment.ts';
export {
  type Batch,
  type BatchPlan,
  type Draw,
  drawBatch,
  drawWindow,
  type Sampling,
  samplings,
} from './data/batch.ts';
export { type ClassMap, classesOf, inferClassMap } from './data/class-map.ts';
export { cutWindow } from './data/cut-window.ts';
export type { Dataset, Sample } from './data/dataset.ts';
export { folderDataset } from './data/folder-dataset.ts';
export { memoryDataset } from './data/memory-dataset.ts';
export { measureNormalisation, type Normalisation, normalise } from './data/normalisation.ts';
export { type SceneName, sceneNames, scenes } from './data/scenes/scenes.ts';
export { shapeKinds } from './data/shapes/figure.ts';
export { type ShapesOptions, shapesDataset } from './data/shapes-dataset.ts';
export { type Split, split } from './data/split.ts';
export { randomWindow, type Tone, varyWindow, type Warp, type Window } from './data/window.ts';
export { exportLog, type LogFormat, logFormats } from './export-log.ts';
export { type FitOptions, type Fitted, fitNet } from './fit-net.ts';
export { type Judged, type JudgedSample, judgeRun } from './judge-run.ts';
export { type EpochEntry, Log, type LogEntry, readLog, type StepEntry } from './log.ts';
export { Confusion, type Scores, scoresOf } from './metrics.ts';
export { overlay } from './overlay.ts';
export { classColours } from './panels/class-colours.ts';
export { type Predicted, type PredictOptions, predict } from './predict.ts';
export { Predictor, type PredictorOptions, type Scored } from './predictor.ts';
export type { Progress } from './progress.ts';
export { decayNames, optimizerNames, type Regime, type ScoreName, scheduleNames, scoreNames } from './regime.ts';
export { type ReportOptions, reportRun } from './report/report-run.ts';
export { type Position, type Reporter, silent } from './reporter.ts';
export { beginRun, type ResumeChanges, type Run, resumeRun } from './run.ts';
export { type RunFiles, runFiles } from './run-folder.ts';
export { type RunRecord, readRunRecord } from './run-record.ts';
export { scoreTable } from './score-table.ts';
export { terminalReporter } from './terminal-reporter.ts';
export { type Outcome, type TrainOptions, train } from './train.ts';
export { type Tta, ttaNames } from './tta.ts';
