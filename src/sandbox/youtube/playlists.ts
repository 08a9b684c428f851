import { youtubeId } from './youtube.channel.js';

export interface PlaylistItem {
  readonly id: string;
  readonly videoId: string;
  readonly addedAt: number;
}

/** A playlist that a channel has made; the one of all uploads makes itself. */
export interface Playlist {
  readonly id: string;
  readonly channelId: string;
  readonly title: string;
  readonly items: PlaylistItem[];
}

export class Playlists {
  private lists: Playlist[] = [];

  add(channelId: string, title: string): Playlist {
    const id = `PL${youtubeId('playlist', this.lists.length, 32)}`;
    const playlist: Playlist = { id, channelId, title, items: [] };
    this.lists.push(playlist);
    return playlist;
  }

  of(channelId: string): readonly Playlist[] {
    return this.lists.filter((playlist) => playlist.channelId === channelId);
  }

  find(id: string): Playlist | undefined {
    return this.lists.find((playlist) => playlist.id === id);
  }

  /** A video that is gone is in none of them. */
  forget(videoId: string): void {
    for (const { items } of this.lists) {
      const at = items.findIndex((item) => item.videoId === videoId);
      if (at >= 0) items.splice(at, 1);
    }
  }

  reset(): void {
    this.lists = [];
  }
}
