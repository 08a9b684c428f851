import { HttpTransportError, type TransportReason } from '../../../common/http/index.js';
import { PublishError } from '../../../platforms/core/index.js';

/** What shows that the other side, or the way to it, is out of order; the rest is our own doing. */
const outages: readonly TransportReason[] = [
  'dns',
  'refused',
  'unreachable',
  'tls',
  'timeout',
  'reset',
  'truncated',
  'unreadable',
];

/** Whether everybody who called now would meet the same. */
export function isOutage(error: unknown): boolean {
  if (error instanceof HttpTransportError) return outages.includes(error.reason);
  if (!(error instanceof PublishError)) return false;
  return error.outage || isOutage(error.cause);
}

/** What we broke off ourselves says nothing of the platform. */
export function isOurs(error: unknown): boolean {
  if (error instanceof HttpTransportError) return !outages.includes(error.reason);
  return error instanceof PublishError && error.cause !== undefined && isOurs(error.cause);
}
