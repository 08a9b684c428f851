export { AccountsApiModule } from './accounts-api.module.js';
export { ConnectFieldDto, toConnectFieldDto } from './connect-field.dto.js';
