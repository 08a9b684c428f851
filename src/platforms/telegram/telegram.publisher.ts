import {
  BasePublisher,
  checkContent,
  PlatformPublisher,
  PublishError,
  type AccountRef,
  type CannotTell,
  type CommitResult,
  type ManageContext,
  type PublishContext,
  type PublishedPost,
  type PublishResult,
  type ReadContext,
  type TargetContent,
} from '../core/index.js';
import type { Violation } from '../../common/errors/index.js';
import type { SentMessage } from './telegram.answers.js';
import { sendDeadlineMs } from './telegram.capabilities.js';
import { TelegramClient } from './telegram.client.js';
import { telegramDescriptor } from './telegram.descriptor.js';
import { checkFiles, planFiles, type PlannedFile } from './telegram.files.js';
import { messagePermalink } from './telegram.permalink.js';
import { checkPoll } from './telegram.poll.js';
import type { OutgoingFile, Target } from './telegram.requests.js';
import { readTelegramSettings } from './telegram.settings.js';
import { composeTelegramText, planMessages, readTelegramText, type OutgoingPoll } from './telegram.text.js';
import { requireToken } from './telegram.token.js';

/**
 * Commits: `post` is what goes out first (the files, the message or the poll). After it come `text` for a text that is too long for
 * a caption, and `poll`.
 */
@PlatformPublisher('telegram')
export class TelegramPublisher extends BasePublisher {
  override readonly descriptor = telegramDescriptor;

  constructor(private readonly client: TelegramClient) {
    super();
  }

  override get firstCommit(): string {
    return 'post';
  }

  override async publish(ctx: PublishContext): Promise<PublishResult> {
    const { caption, message, poll } = planMessages(ctx.content);
    const sent: CommitResult[] = [];
    const keyOf = (key: string): string => (sent.length === 0 ? 'post' : key);
    if (ctx.content.media.length > 0) sent.push(await this.sendMedia(ctx, caption));
    if (message !== null) sent.push(await this.sendText(ctx, keyOf('text'), message));
    if (poll !== null) sent.push(await this.sendPoll(ctx, keyOf('poll'), poll));
    const [post] = sent;
    if (post === undefined) throw new Error('a post has a text, media or a poll');
    return post;
  }

  override commitCount(content: TargetContent): number {
    const { message, poll } = planMessages(content);
    return [content.media.length > 0, message !== null, poll !== null].filter(Boolean).length;
  }

  override visibleCalls(content: TargetContent): number {
    return this.commitCount(content);
  }

  /** Bots can not read a chat's history, and Telegram takes no key of ours. */
  override reconcile(): Promise<CannotTell> {
    return Promise.resolve({
      verdict: 'cannot_tell',
      reason: 'Telegram shows a bot neither the history of a chat nor its own posts.',
    });
  }

  /** Says who the bot is, and changes nothing. */
  override async ping(ctx: ReadContext): Promise<void> {
    await this.client.getMe(await token(ctx));
  }

  /** All messages of an album go with one call. */
  override async deletePost({ account, credentials }: ManageContext, post: PublishedPost): Promise<void> {
    const botToken = requireToken(credentials.values['botToken']);
    const chatId = Number(account.externalId);
    const [single, ...others] = messageIdsOf(post);
    if (single === undefined) throw withoutMessageId();
    if (others.length === 0) return this.client.deleteMessage(botToken, chatId, single);
    return this.client.deleteMessages(botToken, chatId, [single, ...others]);
  }

  /** Telegram counts on the bot, which may post to many chats. */
  override appOf({ metadata }: AccountRef): string {
    return typeof metadata['botId'] === 'number' ? String(metadata['botId']) : '';
  }

  override composeText(content: TargetContent, part: number): string {
    return part === 0 ? composeTelegramText(content) : super.composeText(content, part);
  }

  /** Counts what is left after the markup is parsed, as Telegram does, and reports mistakes in the markup. */
  override preflight(content: TargetContent, account: AccountRef): Violation[] {
    const { parseMode } = readTelegramSettings(content.settings);
    const { visible, problem } = readTelegramText(content);
    const subject = {
      descriptor: this.descriptor,
      capabilitiesFor: () => this.capabilitiesFor(account),
      composeText: (_: TargetContent, part: number) =>
        part === 0 ? visible : this.composeText(content, part),
      textLength: () => null,
    };
    const violations = [
      ...checkContent(subject, content, account),
      ...checkPoll(content, account),
      ...checkFiles(content),
    ];
    return problem === null ? violations : [...violations, markupViolation(problem, parseMode)];
  }

  private async sendText(ctx: PublishContext, key: string, text: string): Promise<CommitResult> {
    const botToken = await token(ctx);
    const target = targetOf(ctx, 'text', key);
    const message = { text, link: ctx.content.link };
    return ctx.commit(key, async () =>
      resultOf(ctx, key, [await this.client.sendMessage(botToken, target, message)]),
    );
  }

  private async sendPoll(ctx: PublishContext, key: string, poll: OutgoingPoll): Promise<CommitResult> {
    const botToken = await token(ctx);
    const target = targetOf(ctx, 'poll', key);
    return ctx.commit(key, async () =>
      resultOf(ctx, key, [await this.client.sendPoll(botToken, target, poll)]),
    );
  }

  private async sendMedia(ctx: PublishContext, caption: string): Promise<CommitResult> {
    const botToken = await token(ctx);
    const target = targetOf(ctx, 'files', 'post');
    const files = planFiles(ctx.content).map((file) => fileOf(ctx, file));
    const [single, ...others] = files;
    if (single === undefined) throw new Error('sendMedia was called without media');
    const send =
      others.length === 0
        ? async () => [await this.client.sendFile(botToken, target, single, caption)]
        : () => this.client.sendMediaGroup(botToken, target, files, caption);
    return ctx.commit('post', async () => resultOf(ctx, 'post', await send()), {
      deadlineMs: sendDeadlineMs(ctx.content.media),
    });
  }
}

async function token(ctx: ReadContext): Promise<string> {
  return requireToken((await ctx.credentials()).values['botToken']);
}

/** What goes out first answers the other message; the buttons are under the text, wherever it stands. */
function targetOf(
  { account, content }: PublishContext,
  what: 'files' | 'text' | 'poll',
  key: string,
): Target {
  const settings = readTelegramSettings(content.settings);
  const { message } = planMessages(content);
  const withText = message !== null ? 'text' : content.media.length > 0 ? 'files' : 'poll';
  return {
    chatId: Number(account.externalId),
    settings,
    replyTo: key === 'post' ? settings.replyTo : null,
    buttons: what === withText ? settings.buttons : [],
  };
}

function fileOf(ctx: PublishContext, file: PlannedFile): OutgoingFile {
  const { item, cover } = file;
  return { ...file, source: ctx.media(item), coverSource: cover === null ? null : ctx.media(cover) };
}

/**
 * The first message stands for all of an album. A video that Telegram still processes has the message id 0, which says
 * nothing: our own key then stands for it.
 */
function resultOf(ctx: PublishContext, key: string, messages: readonly SentMessage[]): CommitResult {
  const [first] = messages;
  if (first === undefined) throw new Error('a sent album has at least one message');
  return {
    platformPostId: first.messageId > 0 ? String(first.messageId) : `pending:${ctx.commitKey(key)}`,
    permalink: messagePermalink(first),
    details: {
      chatId: first.chatId,
      messageIds: messages.map((message) => message.messageId),
      mediaGroupId: first.mediaGroupId,
    },
  };
}

/** Of an album all. What a person has found by hand has an id alone, and a video that was still processed has none. */
function messageIdsOf({ platformPostId, details }: PublishedPost): number[] {
  const kept = details['messageIds'];
  const ids = Array.isArray(kept) ? kept : [Number(platformPostId)];
  return ids.filter((id): id is number => typeof id === 'number' && Number.isInteger(id) && id > 0);
}

function withoutMessageId(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'telegram.message_id_unknown',
    message: 'Telegram has not told the id of this message, because it was still processing the video.',
    remedy: 'Delete the message in Telegram.',
  });
}

function markupViolation(problem: string, parseMode: string): Violation {
  return {
    pointer: '/text',
    rule: 'markup_invalid',
    message: problem,
    limit: parseMode,
    remedy: 'Correct the markup, or set parseMode to "none" to send the text as it is.',
  };
}
