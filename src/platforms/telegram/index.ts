export { telegramConfigSpec } from './telegram.config.js';
export { telegramDescriptor } from './telegram.descriptor.js';
export { TelegramModule } from './telegram.module.js';
