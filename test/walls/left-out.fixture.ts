import { describeWith } from '../support/requirements.js';

describeWith('ffmpeg', 'videos', () => {
  it('are made', () => {
    expect(true).toBe(true);
  });
  it('are cut', () => {
    expect(true).toBe(true);
  });
});

describe('pictures', () => {
  it('are made', () => {
    expect(true).toBe(true);
  });
});
