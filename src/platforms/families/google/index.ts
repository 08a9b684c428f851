export { googleBody, readGoogleFailure } from './google.failure.js';
export { googleHosts, googleLogin, googleScope, type GoogleLogin } from './google.login.js';
export { untilPacificMidnight } from './pacific.midnight.js';
