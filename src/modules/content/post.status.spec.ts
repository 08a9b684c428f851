import { postStatuses, statusOf, type StatusSource } from './post.status.js';

const draft: StatusSource = {
  editorialState: 'draft',
  occurrenceId: null,
  canceledAt: null,
  latestPlanStatus: null,
};
const scheduled: StatusSource = { ...draft, editorialState: 'approved', occurrenceId: 'o' };

describe('statusOf', () => {
  it('is the editorial state while the post is not approved', () => {
    expect(statusOf(draft)).toBe('draft');
    expect(statusOf({ ...draft, editorialState: 'under_review' })).toBe('under_review');
    expect(statusOf({ ...scheduled, editorialState: 'rejected' })).toBe('rejected');
  });

  it('is scheduled while an occurrence is to come, and canceled once it was taken back', () => {
    expect(statusOf(scheduled)).toBe('scheduled');
    expect(statusOf({ ...scheduled, canceledAt: 'now' })).toBe('canceled');
    expect(statusOf({ ...scheduled, occurrenceId: null })).toBe('approved');
  });

  it('is that of the latest plan once there is one, however the post came to it', () => {
    expect(statusOf({ ...draft, latestPlanStatus: 'published' })).toBe('published');
    expect(statusOf({ ...scheduled, canceledAt: 'now', latestPlanStatus: 'published' })).toBe('published');
  });

  it('does not repeat a status that it does not know', () => {
    expect(statusOf({ ...scheduled, latestPlanStatus: 'strange' })).toBe('scheduled');
    expect(postStatuses).not.toContain('strange');
  });
});
