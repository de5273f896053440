// Facts about cases.
export const caseEvents = {
  opened: "case.opened",
  answered: "case.answered",
  /** The county accepted or sent back an answer: data {case, accept, answer}. The check runs again. */
  decided: "case.decided",
  closed: "case.closed",
  reopened: "case.reopened",
} as const;
