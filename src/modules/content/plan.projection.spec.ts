import { isNews } from './plan.projection.js';

const id = (ms: string): string => `${ms.padStart(12, '0').replace(/^(.{8})/, '$1-')}-7000-8000-000000000000`;
const fresh = { latestPlanId: null, latestPlanRevision: null, plansAfter: null };

describe('isNews', () => {
  it('takes the first plan, and each later revision of it', () => {
    expect(isNews(fresh, id('5'), 0)).toBe(true);
    const known = { ...fresh, latestPlanId: id('5'), latestPlanRevision: 1 };
    expect(isNews(known, id('5'), 2)).toBe(true);
    expect(isNews(known, id('5'), 1)).toBe(false);
    expect(isNews(known, id('5'), 0)).toBe(false);
  });

  it('takes a later plan whatever its revision, and no older one', () => {
    const known = { ...fresh, latestPlanId: id('5'), latestPlanRevision: 7 };
    expect(isNews(known, id('6'), 0)).toBe(true);
    expect(isNews(known, id('4'), 9)).toBe(false);
  });

  it('hears nothing more of a time that was taken back', () => {
    const moved = { ...fresh, plansAfter: id('5') };
    expect(isNews(moved, id('5'), 3)).toBe(false);
    expect(isNews(moved, id('6'), 0)).toBe(true);
  });
});
