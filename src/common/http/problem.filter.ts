import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AppLogger } from '../logging/index.js';
import { createProblemSender, type ProblemSender } from './problem.sender.js';

/** Everything that a route, a guard, a pipe or the framework throws ends here, and as a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly send: ProblemSender;

  constructor(logger: AppLogger) {
    this.send = createProblemSender(logger);
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.send(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
