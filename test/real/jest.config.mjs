// Not part of `npm test`: these tests publish to real servers, which `npm run test:real` needs installed first.
import everything from '../../jest.config.mjs';

const e2e = everything.projects.find(({ displayName }) => displayName === 'e2e');

export default {
  ...e2e,
  displayName: 'real',
  testMatch: ['<rootDir>/test/real/**/*.spec.ts'],
};
