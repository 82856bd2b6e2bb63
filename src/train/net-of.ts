import { makeNet, type Net } from '../nn/index.ts';
import type { TrainConfig } from './config.ts';

/**
 * The net that a configuration names.
 *
 * @throws CotangentError `net/unknown` for an unknown name; and what the net itself refuses.
 */
export const netOf = ({ net: { name, ...size } }: Pick<TrainConfig, 'net'>, inChannels: number, classes: number): Net =>
  makeNet(name, { inChannels, classes, ...size });
