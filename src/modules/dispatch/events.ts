// Facts about cases.
export const caseEvents = {
  opened: "case.opened",
  answered: "case.answered",
  /** The county accepted or sent back an answer: data {case, accept, answer}. The check runs again. */
  decided: "case.decided",
  closed: "case.closed",
  reopened: "case.reopened",
  /** A late case went a level up: data {case, level, dueOn}. */
  climbed: "case.climbed",
  /** Another office took the case: data {case, from}. */
  rerouted: "case.rerouted",
} as const;
