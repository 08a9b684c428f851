/** Names, or ends of names, of what is never shown; compared without case, `-`, `_` and `.`. */
const ENDINGS = [
  'authorization',
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'jwt',
  'cookie',
  'apikey',
  'credential',
  'credentials',
  'privatekey',
  'signingkey',
  'encryptionkey',
  'encryptionkeys',
  'secretaccesskey',
  'accesskeyid',
  'codeverifier',
  'clientassertion',
  'databaseurl',
  'migrationurl',
  'redisurl',
];
const WHOLE = new Set(['pass', 'pwd', 'otp', 'pin']);

/** Names in a query or a form that hide something, beyond those above. */
const QUERY_ENDINGS = ['code', 'state', 'sig', 'signature', 'key', 'upload_id', 'ticket', 'hash'];

/** Whether what goes under this name is a secret: `accessJwt`, `X-Api-Key`, `client_secret`, … */
export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replace(/[-_.\s]/g, '');
  return WHOLE.has(plain) || ENDINGS.some((ending) => plain.endsWith(ending));
}

/** Whether a parameter of a query or a form hides something. */
export function isSecretParameter(name: string): boolean {
  return isSecretName(name) || QUERY_ENDINGS.some((ending) => name.toLowerCase().endsWith(ending));
}
