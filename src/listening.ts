import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AppConfig } from './common/config/index.js';

/** HOST and PORT cannot be had. */
export class AddressInUseError extends Error {
  constructor({ host, port }: Pick<AppConfig, 'host' | 'port'>, options: ErrorOptions) {
    super(
      `Port ${port} on ${host} is taken by another program. Stop it, or set PORT to another one.`,
      options,
    );
    this.name = 'AddressInUseError';
  }
}

/** Listens and answers with the address. The application is initialised by then: whoever gets an answer gets a whole one. */
export async function listen(app: NestFastifyApplication, config: AppConfig): Promise<string> {
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') throw new AddressInUseError(config, { cause: error });
    throw error;
  }
  const everywhere = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };
  const url = new URL(await app.getUrl());
  const host = Object.entries(everywhere).find(([any]) => config.host === any)?.[1];
  if (host !== undefined) url.hostname = host;
  return url.origin;
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
