export { AccountConnected, type AccountConnectedData } from './account-connected.event.js';
export { AccountDisconnected, type AccountDisconnectedData } from './account-disconnected.event.js';
export { AccountEnding, type AccountEndingData } from './account-ending.event.js';
export { AccountExpired, type AccountExpiredData } from './account-expired.event.js';
export { AccountReconnected, type AccountReconnectedData } from './account-reconnected.event.js';
