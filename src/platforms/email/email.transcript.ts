import { parseReply } from './email.reply.js';

/**
 * What the server said. For one message to one recipient the replies are those to MAIL FROM, RCPT TO, DATA, and the final
 * one, in this order also when the commands went out in one go (PIPELINING).
 */
export class SmtpTranscript {
  private replies: string[] = [];
  private size: number | null = null;

  /** Starts anew, right before the first command of a message. */
  begin(): void {
    this.replies = [];
  }

  add(reply: string): void {
    this.replies.push(reply);
    const size = /^250[ -]SIZE[ \t]+(\d+)\s*$/im.exec(reply)?.[1];
    if (size !== undefined) this.size = Number(size);
  }

  /** Bytes of a message that the server takes, as EHLO said; null when it did not. */
  get maxMessageBytes(): number | null {
    return this.size === 0 ? null : this.size;
  }

  /**
   * Whether the server asked for the content (354; a few servers say 2xx) for a recipient that it had accepted. Before that
   * nothing can have been taken; after it, only the final reply tells.
   */
  get wentAhead(): boolean {
    const [, recipient, data] = this.replies;
    return firstDigit(recipient) === 2 && [2, 3].includes(firstDigit(data));
  }
}

function firstDigit(reply: string | undefined): number {
  const status = reply === undefined ? undefined : parseReply(reply)?.status;
  return status === undefined ? 0 : Math.floor(status / 100);
}
