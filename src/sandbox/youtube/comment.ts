/** A comment below a video, or an answer to one. */
export interface Comment {
  readonly id: string;
  readonly videoId: string;
  readonly channelId: string;
  readonly text: string;
  readonly createdAt: number;
}
