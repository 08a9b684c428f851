import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { AppConfig } from '../../common/config/index.js';
import { HttpClient, type HttpAnswer, type OutboundBody } from '../../common/http/index.js';
import { failureOf } from './youtube.answers.js';

export interface ApiCall {
  /** Name of the client's method, for the error table. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind the version: `videos`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: OutboundBody;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** Statuses that are an answer as well. */
  readonly alsoFine?: readonly number[];
}

/** How a call to YouTube is written. */
@Injectable()
export class YoutubeApi {
  constructor(
    private readonly http: HttpClient,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws PublishError for every answer that is no success. */
  call(token: string, call: ApiCall): Promise<HttpAnswer> {
    const { hosts, apiVersion } = this.config.platform('youtube');
    return this.send(token, call, { base: hosts['API'] ?? '', root: `youtube/${apiVersion ?? ''}` });
  }

  /** The same at the host that takes files. */
  upload(token: string, call: ApiCall): Promise<HttpAnswer> {
    const { hosts, apiVersion } = this.config.platform('youtube');
    return this.send(token, call, {
      base: hosts['UPLOAD'] ?? '',
      root: `upload/youtube/${apiVersion ?? ''}`,
    });
  }

  /** To an upload session, whose address is a key by itself. 308 says how far it is. */
  async put(
    token: string,
    call: Pick<ApiCall, 'operation' | 'body' | 'headers' | 'timeoutMs'>,
    url: string,
  ): Promise<HttpAnswer> {
    const { operation, headers, ...rest } = call;
    const answer = await this.http.send({
      ...rest,
      method: 'PUT',
      url,
      headers: { authorization: `Bearer ${token}`, ...headers },
      hosts: [this.config.platform('youtube').hosts['UPLOAD'] ?? ''],
      redact: withoutSession,
    });
    return this.accept(answer, { operation, alsoFine: [308] });
  }

  private async send(
    token: string,
    { operation, path, query, headers, alsoFine, ...rest }: ApiCall,
    { base, root }: { readonly base: string; readonly root: string },
  ): Promise<HttpAnswer> {
    const answer = await this.http.send({
      ...rest,
      url: `${base}/${root}/${path}?${new URLSearchParams(query).toString()}`,
      headers: { authorization: `Bearer ${token}`, ...headers },
      hosts: [base],
      redact: withoutSession,
    });
    return this.accept(answer, { operation, ...(alsoFine === undefined ? {} : { alsoFine }) });
  }

  private accept(
    answer: HttpAnswer,
    { operation, alsoFine }: Pick<ApiCall, 'operation' | 'alsoFine'>,
  ): HttpAnswer {
    if ((answer.status >= 200 && answer.status < 300) || alsoFine?.includes(answer.status) === true)
      return answer;
    throw failureOf(answer, operation, this.clock.now());
  }
}

/**
 * Whoever has the id of a session can write to it. And the last bytes of a file are the same request in whatever session
 * they are sent.
 */
function withoutSession(text: string): string {
  return text.replaceAll(/(upload_id=)[^&\s"']+/g, '$1***');
}
