const CALENDAR = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/Los_Angeles',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The date in California, where the quotas begin anew at midnight. */
export function pacificDay(at: number): string {
  return CALENDAR.format(at);
}
