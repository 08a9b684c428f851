export { ApiCommonModule } from './api-common.module.js';
export { CurrentCaller, CurrentWorkspace } from './current-caller.decorator.js';
export { configureHttp, createHttpAdapter } from './http.application.js';
export { CurrentClaim, Idempotent } from './idempotent.decorator.js';
export { IfDefined } from './if-defined.decorator.js';
export { Public, PUBLIC_EXTENSION } from './public.decorator.js';
export { PublicIdPipe } from './public-id.pipe.js';
export { NeedsScope } from './scope.decorator.js';
export { closeUnusedConnections } from './unused.connections.js';
