import { AppLogger } from './app.logger.js';
import { correlationId, runWithCorrelation } from './correlation.js';

const SECRET = 'hUnter2-s3cr3t';

function capture(): { logger: AppLogger; lines: () => Record<string, unknown>[]; raw: () => string } {
  const written: string[] = [];
  const logger = AppLogger.create('debug', { write: (line) => void written.push(line) });
  const lines = (): Record<string, unknown>[] =>
    written.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, lines, raw: () => written.join('') };
}

describe('AppLogger', () => {
  it('writes a message, fields and a context as one JSON line', () => {
    const { logger, lines } = capture();
    logger.named('PlanRunner').log('published', { publicationId: 'p1', latenessMs: 12 });
    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'info',
        msg: 'published',
        context: 'PlanRunner',
        publicationId: 'p1',
        latenessMs: 12,
      }),
    ]);
    expect(lines()[0]).not.toHaveProperty('hostname');
  });

  it('takes what Nest hands it', () => {
    const { logger, lines } = capture();
    logger.log('started', 'NestApplication');
    logger.error('broken', 'Error: broken\n    at x (y:1)', 'ExceptionsHandler');
    logger.error(new Error('oh', { cause: new Error('deep') }), 'Somewhere');
    logger.warn({ msg: 'text in an object', count: 1 });
    expect(lines()).toEqual([
      expect.objectContaining({ msg: 'started', context: 'NestApplication' }),
      expect.objectContaining({
        level: 'error',
        stack: expect.stringContaining('at x'),
        context: 'ExceptionsHandler',
      }),
      expect.objectContaining({
        msg: 'oh',
        context: 'Somewhere',
        err: expect.objectContaining({ type: 'Error', cause: expect.objectContaining({ message: 'deep' }) }),
      }),
      expect.objectContaining({ level: 'warn', msg: 'text in an object', count: 1 }),
    ]);
  });

  it('leaves out what is below its level', () => {
    const { logger, raw } = capture();
    logger.verbose('much');
    logger.debug('some');
    expect(raw()).not.toContain('much');
    expect(raw()).toContain('some');
  });

  it('carries the correlation id through what is awaited', async () => {
    const { logger, lines } = capture();
    await runWithCorrelation('req-7', async () => {
      await Promise.resolve();
      logger.log('inside');
    });
    logger.log('outside');
    expect(correlationId()).toBeUndefined();
    expect(lines().map((line) => line['correlationId'])).toEqual(['req-7', undefined]);
  });

  it.each<[string, (logger: AppLogger) => void]>([
    [
      'the message',
      (logger) => {
        logger.log(`password=${SECRET}`);
      },
    ],
    [
      'a field',
      (logger) => {
        logger.log('x', { token: SECRET });
      },
    ],
    [
      "a field's text",
      (logger) => {
        logger.warn('x', { url: `https://u:${SECRET}@host/` });
      },
    ],
    [
      'an error',
      (logger) => {
        logger.error('x', new Error(`Bearer ${SECRET}`));
      },
    ],
    [
      'the message of an error',
      (logger) => {
        logger.error(new Error(`Bearer ${SECRET}`));
      },
    ],
    [
      'a stack',
      (logger) => {
        logger.error('x', `Error: Bearer ${SECRET}\n    at x (y:1)`);
      },
    ],
    [
      'an object as message',
      (logger) => {
        logger.log({ msg: `Bearer ${SECRET}`, headers: { cookie: SECRET } });
      },
    ],
    [
      'a context',
      (logger) => {
        logger.log('x', `Bearer ${SECRET}`);
      },
    ],
  ])('shows no secret from %s', (_name, write) => {
    const { logger, raw } = capture();
    write(logger);
    expect(raw()).toContain('[redacted]');
    expect(raw()).not.toContain(SECRET);
  });

  it('survives what JSON has no form for', () => {
    const { logger, lines } = capture();
    const circle: Record<string, unknown> = { big: 10n };
    circle['self'] = circle;
    logger.log('x', circle);
    expect(lines()[0]).toMatchObject({ big: '10' });
  });
});
