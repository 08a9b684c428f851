import { staleSources } from '../../scripts/lib/build.mjs';

describe('the build', () => {
  it('has all that a start asks for, so that no start builds again', () => {
    expect(staleSources()).toEqual([]);
  });
});
