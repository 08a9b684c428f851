export {
  HttpTransportError,
  NeverSentError,
  type HttpTransportFailure,
  type TransportPhase,
  type TransportReason,
} from './http.errors.js';
export {
  gateSend,
  outboundScopes,
  type AnswerEvidence,
  type OutboundScope,
  type RequestEvidence,
  type SendGate,
  type SendPermit,
} from './outbound-scope.js';
