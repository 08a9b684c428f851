import { inspect } from 'node:util';
import { redact } from './redact.js';
import { redactText } from './redact-text.js';

const SECRET = 'hUnter2-s3cr3t';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
const BOT = '7001234567:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc';

const texts = [
  `Authorization: Bearer ${SECRET}`,
  `authorization: ${SECRET}`,
  `curl -H "Authorization: Bearer ${SECRET}"`,
  `Proxy-Authorization: Basic ${SECRET}`,
  `Cookie: a=1; sid=${SECRET}\r\nHost: x`,
  `set-cookie: sid=${SECRET}; Path=/`,
  `https://api.telegram.org/bot${BOT}/sendMessage`,
  `https://api.telegram.org/bot${BOT.replace(':', '%3A')}/getMe`,
  `the token ${BOT} was refused`,
  `postgres://app:${SECRET}@db:5432/x`,
  `postgres://app:p@${SECRET}@db:5432/x`,
  `https://${SECRET}@host/`,
  `redis://:${SECRET}@redis:6379`,
  `https://x/?access_token=${SECRET}&a=1`,
  `https://x/cb?code=${SECRET}&state=${SECRET}`,
  `grant_type=refresh_token&refresh_token=${SECRET}`,
  `client_secret=${SECRET}`,
  `https://s3/x?X-Amz-Signature=${SECRET}&X-Amz-Credential=${SECRET}`,
  `https://up/?upload_id=${SECRET}`,
  `{"password":"${SECRET}"}`,
  `{"password" : "a\\"${SECRET}\\\\"}`,
  `{"accessJwt":"${JWT}","refreshJwt":"${SECRET}"}`,
  JSON.stringify({ body: JSON.stringify({ password: `a"${SECRET}` }) }),
  JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ apiKey: `"${SECRET}"` }) }) }),
  `{"password":"${SECRET}`,
  `{'client_secret': '${SECRET}'}`,
  `{"token": 12345678901, "x": "${JWT}"}`,
  inspect({ password: SECRET, deep: { apiKey: SECRET } }),
  `password: ${SECRET}`,
  `password=${SECRET}`,
  `DB_PASSWORD="with space ${SECRET}"`,
  `access token: ${SECRET}`,
  `key fan_${SECRET} is unknown`,
  `jwt ${JWT}`,
  `AUTH PLAIN ${SECRET}`,
  `OAuth oauth_consumer_key="${SECRET}", oauth_signature="${SECRET}"`,
];

describe('redactText', () => {
  it.each(texts)('hides the secret in %s', (text) => {
    const shown = redactText(text);
    for (const secret of [SECRET, JWT, BOT, BOT.slice(11), '12345678901'])
      expect(shown).not.toContain(secret);
    expect(shown).toContain('[redacted]');
  });

  it.each([
    'published in 5 ms',
    'https://social.example/@user/1',
    'https://host:8080/@user@other.example',
    'the token: expired',
    'Basic rules apply',
    'Bearer tokens are needed',
    '{"text":"Hello","link":"https://x/?page=2"}',
    'id=0193c1a0-5b7e-7c3d-8f21-0a1b2c3d4e5f status=200',
    'someone@example.com',
    'at file:///app/dist/main.js:10:5',
  ])('leaves %s as it is', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('keeps what is around a secret', () => {
    expect(redactText(`https://x/?access_token=${SECRET}&a=1`)).toBe(
      'https://x/?access_token=[redacted]&a=1',
    );
    expect(redactText(`{"password":"${SECRET}","user":"u"}`)).toBe('{"password":"[redacted]","user":"u"}');
    expect(redactText(`postgres://app:${SECRET}@db/x`)).toBe('postgres://[redacted]@db/x');
  });

  it('stays fast on long hostile texts', () => {
    const started = performance.now();
    for (const text of [
      '"'.repeat(20_000),
      '\\"a\\":'.repeat(5_000),
      'a'.repeat(100_000),
      '://'.repeat(20_000),
      '"a":"'.repeat(9_000),
    ]) {
      redactText(text);
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('redact', () => {
  const cause = Object.assign(new TypeError(`cannot connect to postgres://u:${SECRET}@db`), {
    config: { headers: { Authorization: SECRET } },
  });
  const circle: Record<string, unknown> = { name: 'circle' };
  circle['self'] = circle;

  it.each<[string, unknown]>([
    ['a member', { password: SECRET }],
    [
      'an odd spelling',
      { 'X-Api-Key': SECRET, CLIENT_SECRET: SECRET, 'refresh.token': SECRET, appPassword: SECRET },
    ],
    ['a deep member', { a: [{ b: { accessJwt: SECRET } }] }],
    ['a whole object', { credentials: { anything: SECRET } }],
    ['a list', { token: [SECRET], cookies: { cookie: [SECRET] } }],
    ['raw headers', ['Host', 'x', 'Cookie', SECRET]],
    ['pairs', [['authorization', SECRET]]],
    ['a map', new Map([['password', SECRET]])],
    ['a set', new Set([`Bearer ${SECRET}`])],
    ['a named value', { name: 'password', value: SECRET }],
    ['an error', new Error(`bad password=${SECRET}`, { cause })],
    ['an error with members', Object.assign(new Error('x'), { request: { token: SECRET } })],
    ['a URL', new URL(`https://u:${SECRET}@x/?token=${SECRET}`)],
    ['bytes', { body: Buffer.from(SECRET) }],
    ['a key of an object', { [`https://x/?token=${SECRET}`]: 1 }],
    ['toJSON', { toJSON: () => ({ password: SECRET }) }],
    [
      'a configuration',
      { databaseUrl: SECRET, signingKey: SECRET, encryptionKeys: SECRET, s3: { secretAccessKey: SECRET } },
    ],
    ['mail options', { auth: { user: 'u', pass: SECRET } }],
  ])('hides the secret in %s', (_name, value) => {
    const shown = JSON.stringify(redact(value)) + inspect(redact(value), { depth: 20 });
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain(Buffer.from(SECRET).toString('base64'));
  });

  it('keeps ids, numbers, dates and nothing', () => {
    const at = new Date('2026-01-01T00:00:00Z');
    expect(redact({ postId: 'p', count: 3, at, none: null, big: 9n, hasToken: true, token: null })).toEqual({
      postId: 'p',
      count: 3,
      at: '2026-01-01T00:00:00.000Z',
      none: null,
      big: '9',
      hasToken: true,
      token: null,
    });
  });

  it('survives circles, depth and what is no data', () => {
    expect(redact(circle)).toEqual({ name: 'circle', self: '[circular]' });
    const deep = Array.from({ length: 50 }).reduce<unknown>((inner) => ({ inner }), 'end');
    expect(JSON.stringify(redact(deep))).toContain('[deep]');
    expect(redact([() => 1, Symbol('s'), undefined])).toEqual(['[function]', '[symbol]', undefined]);
  });

  it('does not change what it is given', () => {
    const value = { password: SECRET, list: [{ token: SECRET }] };
    redact(value);
    expect(value).toEqual({ password: SECRET, list: [{ token: SECRET }] });
  });
});
