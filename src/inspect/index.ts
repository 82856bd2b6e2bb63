export { type FigureFile, figureFiles } from './figure-files.ts';
export { inspectPage } from './inspect-page.ts';
export type { Finding, Part } from './part.ts';
export { parts } from './parts/parts.ts';
export { recomputed } from './recomputed.ts';
export type { Subject, Version } from './subject.ts';
export { type GraphViewer, graphViewer } from './viewer/graph-viewer.ts';
