import type { FloatDType } from '../../graph/dtype.ts';
import type { Net } from '../net.ts';

/** What every net for segmentation can be told; more where the net's own function knows more options. */
export interface NetConfig {
  readonly inChannels: number;
  readonly classes: number;
  /** Channels of the first stage. */
  readonly width?: number;
  /** How deep the net is; what is counted, each kind says. */
  readonly depth?: number;
  /** Normalisation before each ReLU. */
  readonly norm?: 'none' | 'group';
  readonly dtype?: FloatDType;
}

/** A net for segmentation that a configuration can name. */
export interface NetKind {
  /** What it is, in one line. */
  readonly summary: string;
  /** Its size unless told otherwise: small enough to train in less than a minute on generated shapes. */
  readonly defaults: { readonly width: number; readonly depth: number };
  /** What training it needs beside the other nets: so many times their steps, such a factor of their learning rate; 1 unless given. */
  readonly training?: { readonly steps?: number; readonly learningRate?: number };
  make(config: NetConfig): Net;
}
