export { AccountsApiModule } from './accounts-api.module.js';
export { ConnectFieldDto, toConnectFieldDto } from './connect-field.dto.js';
export { CurrentCaller } from './current-caller.decorator.js';
export type { Plain } from './plain.js';
