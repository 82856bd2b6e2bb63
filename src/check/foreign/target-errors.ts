/** A target that broke the rules of the conversation: it died, fell silent or spoke nonsense. Never a missing gradient. */
export class TargetError extends Error {
  override readonly name: string = 'TargetError';
}

/** A gradient that a library computes and then refuses itself: wrong, not missing. */
export class WrongGradient extends Error {
  override readonly name: string = 'WrongGradient';
}
