import { bridgeCampaigns } from '../../check/foreign/bridge/bridge-target.ts';
import type { ForeignCase } from '../../check/foreign/foreign-operator.ts';
import type { JaxJs } from '../../check/foreign/jax-js/jax-js.ts';
import { jaxJsCampaigns } from '../../check/foreign/jax-js/jax-target.ts';
import type { Tfjs } from '../../check/foreign/tfjs/tfjs.ts';
import { tfjsCampaigns } from '../../check/foreign/tfjs/tfjs-campaigns.ts';
import type { Campaign } from '../../check/fuzz/campaign.ts';
import { loadModule } from './load-module.ts';
import { talk } from './talk.ts';

/** Where a target is looked for, and how long it may take. */
export interface TargetOptions {
  /** A file of the project that has the library installed, or a folder ending in a slash; the working folder unless given. */
  readonly from?: string;
  /** How long a bridge may take for an answer; 20 unless given. */
  readonly seconds?: number;
}

/**
 * All campaigns against a target: `tfjs`, `jax-js`, or a command that starts a bridge, `python3 examples/bridge_torch.py`.
 *
 * @throws CotangentError `foreign/absent` where the library is not installed, `foreign/target` where the command is no bridge.
 */
export async function foreignCampaigns(
  target: string,
  { from, seconds = 20 }: TargetOptions = {},
): Promise<Campaign<ForeignCase>[]> {
  if (target === 'jax-js') return jaxJsCampaigns(await startJaxJs(from));
  if (target !== 'tfjs') return bridgeCampaigns(await talk(target, { seconds }));
  const tf = (await loadModule('@tensorflow/tfjs', from)) as Tfjs;
  // Its wasm backend is another package, and is checked where it is there too.
  await loadModule('@tensorflow/tfjs-backend-wasm', from).catch(() => undefined);
  // Every start of that backend listens for errors that nobody catches.
  process.setMaxListeners(0);
  return tfjsCampaigns(tf);
}

/** jax-js on WebAssembly. It asks for what browsers and newer versions of Node have. */
async function startJaxJs(from: string | undefined): Promise<JaxJs> {
  const shims = { navigator: { userAgent: 'node', hardwareConcurrency: 1 }, Float16Array: class Float16Array {} };
  for (const [name, value] of Object.entries(shims))
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  const jax = (await loadModule('@jax-js/jax', from)) as JaxJs;
  await jax.init('wasm');
  jax.defaultDevice('wasm');
  return jax;
}
