import type { ForeignCase } from '../../check/foreign/foreign-operator.ts';
import type { Tfjs } from '../../check/foreign/tfjs/tfjs.ts';
import { tfjsCampaigns } from '../../check/foreign/tfjs/tfjs-campaigns.ts';
import type { Campaign } from '../../check/fuzz/campaign.ts';
import { loadModule } from './load-module.ts';

/** Where a target is looked for. */
export interface TargetOptions {
  /** A file or folder (ending in a slash) of the project that has the library installed; the working folder unless given. */
  readonly from?: string;
}

/** All campaigns against a target. */
export async function foreignCampaigns(target: string, { from }: TargetOptions = {}): Promise<Campaign<ForeignCase>[]> {
  if (target === 'tfjs') {
    const tf = (await loadModule('@tensorflow/tfjs', from)) as Tfjs;
    // Its wasm backend is another package, and is checked where it is there too.
    await loadModule('@tensorflow/tfjs-backend-wasm', from).catch(() => undefined);
    // Every start of the wasm backend listens for errors that nobody catches.
    process.setMaxListeners(0);
    return tfjsCampaigns(tf);
  }
  throw new Error(target);
}
