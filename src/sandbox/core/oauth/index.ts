export { OAuthServer } from './oauth.server.js';
export type { NewToken, TokenCheck } from './oauth.store.js';
export type {
  Endpoint,
  IssuedToken,
  OAuthErrorName,
  OAuthPerson,
  OAuthServerOptions,
  RegisteredApp,
} from './oauth.types.js';
