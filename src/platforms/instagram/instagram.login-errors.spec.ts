import { HttpAnswer } from '../../common/http/index.js';
import { classifyAnswer } from '../core/index.js';
import { readOAuthFailure } from '../core/oauth/oauth.answers.js';
import { instagramLoginErrors } from './instagram.login-errors.js';

const flat = (message: string): unknown => ({
  error_type: 'OAuthException',
  code: 400,
  error_message: message,
});
const graph = (code: number, message = 'Refused', subcode?: number): unknown => ({
  error: { message, type: 'OAuthException', code, ...(subcode ? { error_subcode: subcode } : {}) },
});

describe('what the token endpoints of Instagram say', () => {
  it.each<[string, string, unknown]>([
    ['login_refused', 'auth_expired', flat('Matching code was not found or was already used')],
    ['login_refused', 'auth_expired', graph(100)],
    ['app_wrong', 'content_refused', flat('Invalid platform app')],
    ['redirect_wrong', 'content_refused', flat('Error validating: redirect_uri is not the registered one')],
    ['app_credentials_wrong', 'content_refused', flat('Invalid client_id')],
    ['app_credentials_wrong', 'content_refused', graph(1, 'Error validating client secret.')],
    ['session_invalid', 'auth_expired', graph(452, 'Session key invalid')],
    ['token_expired', 'auth_expired', graph(190, 'Expired', 463)],
  ])('%s', (name, kind, body) => {
    const answer = new HttpAnswer(400, {}, Buffer.from(JSON.stringify(body)), 'https://api.instagram.com/');
    const failure = classifyAnswer(instagramLoginErrors, readOAuthFailure(answer, 'token'));
    expect(failure).toMatchObject({ code: `instagram.${name}`, kind });
  });
});
