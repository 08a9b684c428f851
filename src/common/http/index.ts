export {
  AddressGuard,
  AddressRefusedError,
  type AddressLookup,
  type CheckedAddress,
} from './address.guard.js';
export { type ByteRange, type ByteSource, sliceOf, sourceOf, wholly } from './byte.source.js';
export {
  FileDownloader,
  type Download,
  type DownloaderSetup,
  type DownloadLimits,
} from './file.downloader.js';
export { HttpClient, type HttpClientSetup } from './http.client.js';
export {
  HttpTransportError,
  NeverSentError,
  type HttpTransportFailure,
  type TransportPhase,
  type TransportReason,
} from './http.errors.js';
export { HttpModule } from './http.module.js';
export {
  HttpAnswer,
  type FormFields,
  type MultipartPart,
  type OutboundBody,
  type OutboundRequest,
} from './http.types.js';
export { excerpt } from './evidence.js';
export { parseJson } from './json.parser.js';
export {
  gateSend,
  outboundScopes,
  type AnswerEvidence,
  type OutboundScope,
  type RequestEvidence,
  type SendGate,
  type SendPermit,
} from './outbound-scope.js';
export { ProblemFilter } from './problem.filter.js';
export { createProblemSender, type ProblemReply, type ProblemSender } from './problem.sender.js';
export { PROBLEM_CONTENT_TYPE, toProblem, type ProblemDocument, type ProblemRequest } from './problem.js';
export { ReadOnlyField } from './read-only-field.decorator.js';
export { createValidationPipe } from './validation.pipe.js';
export { violationsOf, type RuleContext } from './violations.js';
