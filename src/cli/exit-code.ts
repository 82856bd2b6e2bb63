/** What the command's exit status says. */
export const exitCode = {
  ok: 0,
  /** Something given is wrong or cannot be read or written: the message says what and the cure. */
  fault: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** Stopped by Ctrl-C (128 + SIGINT); what was reached is saved. */
  interrupted: 130,
} as const;
