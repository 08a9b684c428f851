import { type LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import { types } from 'node:util';
import { type LogLevel } from '../config/index.js';
import { correlationId } from './correlation.js';
import { redact } from './redact.js';

/** Ids and numbers of one line, as fields. An error goes under `err`. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Structured JSON lines: a message, fields, the context (a class, a module) and the correlation id of the work under
 * way. Every argument is redacted here, so that no caller has to remember it.
 *
 * `logger.log('published', { publicationId }, 'PlanRunner')`; after the message come fields, an error and the
 * context in any order, which is also how Nest calls it.
 */
export class AppLogger implements LoggerService {
  private constructor(
    private readonly pino: Logger,
    private readonly context: string | null,
  ) {}

  /** @param stream where lines go; standard output by default */
  static create(level: LogLevel, stream?: DestinationStream): AppLogger {
    return new AppLogger(createPino(level, stream), null);
  }

  /** The same logger with a context of its own. */
  named(context: string): AppLogger {
    return new AppLogger(this.pino, context);
  }

  log(message: unknown, ...more: unknown[]): void {
    this.write('info', message, more);
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.write('warn', message, more);
  }

  error(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more);
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.write('fatal', message, more);
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.write('trace', message, more);
  }

  private write(level: Exclude<LogLevel, 'silent'>, message: unknown, more: readonly unknown[]): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const fields = {
      ...(this.context === null ? {} : { context: this.context }),
      ...fieldsOf(message),
      ...merge(more),
    };
    this.pino[level](redact(fields), String(redact(textOf(message, fields))));
  }
}

function createPino(level: LogLevel, stream?: DestinationStream): Logger {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => error },
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: () => {
      const id = correlationId();
      return id === undefined ? {} : { correlationId: id };
    },
  };
  return stream === undefined ? pino(options) : pino(options, stream);
}

function fieldsOf(message: unknown): LogFields {
  if (types.isNativeError(message)) return { err: message };
  return typeof message === 'object' && message !== null ? { ...message } : {};
}

function textOf(message: unknown, fields: LogFields): string {
  if (types.isNativeError(message)) return message.message;
  if (typeof message === 'object' && message !== null)
    return typeof fields['msg'] === 'string' ? fields['msg'] : '';
  return String(message);
}

/** Nest puts the context last and, for errors, the stack before it. */
function merge(more: readonly unknown[]): LogFields {
  const fields: Record<string, unknown> = {};
  for (const item of more) {
    if (types.isNativeError(item)) fields['err'] = item;
    else if (typeof item === 'object' && item !== null) Object.assign(fields, item);
    else if (typeof item === 'string') fields[/\n\s+at /.test(item) ? 'stack' : 'context'] = item;
  }
  return fields;
}
