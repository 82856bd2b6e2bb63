/** Why implementations differ over a case, and how far. */
export interface Contested {
  readonly reason: string;
  /** A tensor that is off by more is simply wrong; any distance unless given. In units of max(1, its largest number). */
  readonly upTo?: number;
}
