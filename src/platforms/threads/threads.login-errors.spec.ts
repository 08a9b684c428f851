import { HttpAnswer } from '../../common/http/index.js';
import { classifyAnswer } from '../core/index.js';
import { readOAuthFailure } from '../core/oauth/oauth.answers.js';
import { threadsLoginErrors } from './threads.login-errors.js';

const graph = (code: number, subcode?: number): unknown => ({
  error: { message: 'Refused', type: 'OAuthException', code, ...(subcode ? { error_subcode: subcode } : {}) },
});

describe('what the token endpoint of Threads says', () => {
  it.each<[string, string, unknown]>([
    ['code_used', 'auth_expired', graph(100, 4279030)],
    ['session_invalid', 'auth_expired', graph(452, 4279019)],
    ['app_id_missing', 'content_refused', graph(4476002)],
    ['app_id_missing', 'content_refused', graph(101, 4476002)],
    ['login_refused', 'auth_expired', { error_type: 'OAuthException', code: 400, error_message: 'Invalid' }],
    ['login_refused', 'auth_expired', graph(100)],
    ['token_expired', 'auth_expired', graph(190, 463)],
  ])('%s', (name, kind, body) => {
    const answer = new HttpAnswer(400, {}, Buffer.from(JSON.stringify(body)), 'https://graph.threads.net/');
    const failure = classifyAnswer(threadsLoginErrors, readOAuthFailure(answer, 'token'));
    expect(failure).toMatchObject({ code: `threads.${name}`, kind });
  });
});
