/** planned → handed_over (once per date) · planned, handed_over → canceled · handed_over → planned by another date only. */
export const occurrenceStates = ['planned', 'handed_over', 'canceled'] as const;
export type OccurrenceState = (typeof occurrenceStates)[number];
