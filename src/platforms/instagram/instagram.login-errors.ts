import type { ErrorRow, ErrorTable } from '../core/index.js';
import { instagramErrors } from './instagram.errors.js';

const operation = 'token';
const evidence = 'Fact sheet §7, token endpoint';

const misconfigured: readonly (readonly [pattern: RegExp, name: string, message: string, remedy: string])[] =
  [
    [
      /^Invalid platform app/,
      'app_wrong',
      'Instagram does not know this app.',
      'Use the id and secret of the Instagram app for CLIENT_ID and CLIENT_SECRET, not those of the Meta app around it.',
    ],
    [
      /redirect/i,
      'redirect_wrong',
      'The redirect address is not the one that is registered for the app.',
      'Register the redirect address of the connect session in the app, letter by letter.',
    ],
    [
      /client[_ ](?:id|secret)/i,
      'app_credentials_wrong',
      'Instagram does not take the id or the secret of the app.',
      'Check PLATFORM_INSTAGRAM_CLIENT_ID and _CLIENT_SECRET, or _FACEBOOK_CLIENT_ID and _FACEBOOK_CLIENT_SECRET for the Facebook Login.',
    ],
  ];

/** What the token endpoints say, the flat ones of Instagram and Facebook's; then what every endpoint says. */
export const instagramLoginErrors: ErrorTable = {
  platform: 'instagram',
  rows: [
    {
      ...{ operation, evidence },
      code: '452',
      kind: 'auth_expired',
      name: 'session_invalid',
      message: 'Instagram does not take the login: it was withdrawn, or lengthened before.',
      remedy: 'Connect the account again.',
    },
    ...misconfigured.map(([pattern, name, message, remedy]): ErrorRow => ({
      ...{ operation, evidence, pattern, name, message, remedy },
      kind: 'content_refused',
      source: 'system',
    })),
    {
      ...{ operation, evidence },
      code: ['400', '100'],
      kind: 'auth_expired',
      name: 'login_refused',
      message: 'Instagram does not take the login, or not yet: a token can be renewed once it is a day old.',
      remedy: 'Connect the account again.',
    },
    ...instagramErrors.rows,
  ],
};
