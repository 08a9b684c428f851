import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { HttpClient, type ByteSource, type HttpAnswer, type OutboundBody } from '../../common/http/index.js';
import { PublishError, type MediaItem } from '../core/index.js';
import {
  readAnswer,
  readBot,
  readChat,
  readMembership,
  readMessage,
  readMessages,
  readTrue,
  type SentMessage,
  type TelegramBot,
  type TelegramChat,
  type TelegramMembership,
} from './telegram.answers.js';
import {
  albumParameters,
  attachmentName,
  coverName,
  fileMethods,
  fileParameters,
  formValue,
  pollParameters,
  textParameters,
  type OutgoingFile,
  type OutgoingText,
  type Parameters,
  type Target,
} from './telegram.requests.js';
import { messageGone } from './telegram.errors.js';
import type { OutgoingPoll } from './telegram.text.js';
import { redactToken } from './telegram.token.js';

const READ_TIMEOUT_MS = 15_000;

interface Call {
  readonly token: string;
  readonly method: string;
  readonly body?: OutboundBody;
  readonly timeoutMs?: number;
}

/** The Bot API: one method is one call. Throws `PublishError` by the error table, or what `HttpClient` throws. */
@Injectable()
export class TelegramClient {
  constructor(
    private readonly http: HttpClient,
    private readonly config: AppConfig,
  ) {}

  /** Proves the token. */
  async getMe(token: string): Promise<TelegramBot> {
    return readAnswer(await this.read(token, 'getMe', {}), 'getMe', readBot);
  }

  /** A chat by numeric id or `@name`. */
  async getChat(token: string, chat: string): Promise<TelegramChat> {
    return readAnswer(await this.read(token, 'getChat', { chat_id: chat }), 'getChat', readChat);
  }

  async getChatMember(token: string, chatId: number, userId: number): Promise<TelegramMembership> {
    const answer = await this.read(token, 'getChatMember', { chat_id: chatId, user_id: userId });
    return readAnswer(answer, 'getChatMember', readMembership);
  }

  /** Visible. */
  async sendMessage(token: string, target: Target, message: OutgoingText): Promise<SentMessage> {
    const body: OutboundBody = { kind: 'json', value: textParameters(target, message) };
    const answer = await this.call({ token, method: 'sendMessage', body });
    return readAnswer(answer, 'sendMessage', readMessage);
  }

  /** Visible. */
  async sendPoll(token: string, target: Target, poll: OutgoingPoll): Promise<SentMessage> {
    const body: OutboundBody = { kind: 'json', value: pollParameters(target, poll) };
    return readAnswer(await this.call({ token, method: 'sendPoll', body }), 'sendPoll', readMessage);
  }

  /** Visible: a photo, animation, video, audio file or document by its bytes. */
  async sendFile(token: string, target: Target, file: OutgoingFile, caption: string): Promise<SentMessage> {
    const { method, field } = fileMethods[file.kind];
    const { cover, coverSource } = file;
    const body = multipart(fileParameters(target, file, caption), [
      { name: field, ...file },
      ...(cover === null || coverSource === null
        ? []
        : [{ name: coverName, item: cover, source: coverSource }]),
    ]);
    return readAnswer(await this.call({ token, method, body }), method, readMessage);
  }

  /** Visible: an album of 2 to 10 files by their bytes. */
  async sendMediaGroup(
    token: string,
    target: Target,
    files: readonly OutgoingFile[],
    caption: string,
  ): Promise<readonly SentMessage[]> {
    const named = files.map((file, index) => ({ name: attachmentName(index), ...file }));
    const body = multipart(albumParameters(target, files, caption), named);
    const answer = await this.call({ token, method: 'sendMediaGroup', body });
    return readAnswer(answer, 'sendMediaGroup', readMessages);
  }

  /** A message of ours; gone already counts as deleted. */
  async deleteMessage(token: string, chatId: number, messageId: number): Promise<void> {
    const parameters = { chat_id: chatId, message_id: messageId };
    try {
      readAnswer(await this.read(token, 'deleteMessage', parameters), 'deleteMessage', readTrue);
    } catch (error) {
      if (!(error instanceof PublishError) || error.code !== messageGone) throw error;
    }
  }

  /** Up to 100 at once, all of an album; those that are gone are skipped. */
  async deleteMessages(token: string, chatId: number, messageIds: readonly number[]): Promise<void> {
    const parameters = { chat_id: chatId, message_ids: messageIds };
    readAnswer(await this.read(token, 'deleteMessages', parameters), 'deleteMessages', readTrue);
  }

  private read(token: string, method: string, parameters: Parameters): Promise<HttpAnswer> {
    const body: OutboundBody = { kind: 'json', value: parameters };
    return this.call({ token, method, body, timeoutMs: READ_TIMEOUT_MS });
  }

  /** The token is part of the URL: it never gets into evidence, logs or errors. */
  private call({ token, method, ...request }: Call): Promise<HttpAnswer> {
    const base = this.config.platform('telegram').hosts['API'] ?? '';
    return this.http.send({
      method: 'POST',
      url: `${base}/bot${token}/${method}`,
      hosts: [base],
      redact: (text) => redactToken(text, token),
      ...request,
    });
  }
}

function multipart(
  parameters: Parameters,
  files: readonly { name: string; item: MediaItem; source: ByteSource }[],
): OutboundBody {
  return {
    kind: 'multipart',
    parts: [
      ...Object.entries(parameters).map(([name, value]) => ({ name, value: formValue(value) })),
      ...files.map(({ name, item, source }) => ({
        name,
        filename: item.fileName,
        contentType: item.mimeType,
        source,
      })),
    ],
  };
}
