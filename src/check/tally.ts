/** What was compared: how many derivatives in each mode, and how many needed another stencil to be conclusive. */
export interface Tally {
  exact: number;
  bounded: number;
  smooth: number;
  retried: number;
}
