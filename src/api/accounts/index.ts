export { PlatformOutageInterceptor } from './platform-outage.interceptor.js';
export { AccountDto, toAccountDto } from './account.dto.js';
export { AccountsApiModule } from './accounts-api.module.js';
export { ConnectFieldDto, toConnectFieldDto } from './connect-field.dto.js';
