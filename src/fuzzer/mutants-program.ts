/** The program of a thread that tries mutants. It is named here because it lies here: in a package all files lie in one folder. */
export const mutantsProgram: URL = new URL('./mutants-worker.ts', import.meta.url);
