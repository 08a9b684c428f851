export { AppLogger, type LogFields } from './app.logger.js';
export { correlationId, runWithCorrelation } from './correlation.js';
export { LoggingModule } from './logging.module.js';
export { REDACTED, redactText } from './redact-text.js';
export { redact } from './redact.js';
export { logRequests, requestIdOf } from './request.log.js';
export { isSecretName } from './secret-names.js';
