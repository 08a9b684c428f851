import type { ErrorTable } from '../core/index.js';
import { threadsErrors } from './threads.errors.js';

const operation = 'token';
const evidence = 'Meta documentation, April to July 2026; bodies seen in production';
const again = 'Connect the account again.';

/** What the token endpoint says; then what every endpoint says. */
export const threadsLoginErrors: ErrorTable = {
  platform: 'threads',
  rows: [
    {
      ...{ operation, evidence },
      code: '100',
      subcode: '4279030',
      kind: 'auth_expired',
      name: 'code_used',
      message: 'The code of the login was used before.',
      remedy: 'Start connecting again.',
    },
    {
      ...{ operation, evidence },
      code: '452',
      subcode: '4279019',
      kind: 'auth_expired',
      name: 'session_invalid',
      message: 'Threads does not take the login: it was withdrawn.',
      remedy: again,
    },
    ...[{ code: '4476002' }, { subcode: '4476002' }].map((match) => ({
      ...{ operation, evidence, ...match },
      kind: 'content_refused' as const,
      source: 'system' as const,
      name: 'app_id_missing',
      message: 'Threads knows no app with this id.',
      remedy: 'Use the id and secret of the Threads app, not those of the Facebook app around it.',
    })),
    {
      ...{ operation, evidence },
      code: ['400', '100'],
      kind: 'auth_expired',
      name: 'login_refused',
      message: 'Threads does not take the login, or not yet: a token can be renewed once it is a day old.',
      remedy: 'Connect the account again; the redirect address has to be registered letter by letter.',
    },
    ...threadsErrors.rows,
  ],
};
