import fc from 'fast-check';

// Every property draws from one seed, so that a red run stays red until it is mended. `SEED=7 npm test` draws other cases.
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });
