/** The learning rate of a step, counted from 0: a function of nothing else, so that runs can be taken up anywhere. */
export type Schedule = (step: number) => number;
