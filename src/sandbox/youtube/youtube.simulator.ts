import type { SandboxAccount, Simulator, SimulatorFactory } from '../core/simulator.js';
import { stateParts } from '../core/simulator.parts.js';
import { channelOperations } from './channel.operations.js';
import { commentOperations } from './comment.operations.js';
import { playlistOperations } from './playlist.operations.js';
import { reportOperations } from './report.operations.js';
import { sessionOperations } from './session.operations.js';
import { thumbnailOperations } from './thumbnail.operations.js';
import { videoOperations } from './video.operations.js';
import { describeChannel, type Channel } from './youtube.channel.js';
import { renderError } from './youtube.errors.js';
import { inboxOf } from './youtube.inbox.js';
import { YoutubeState } from './youtube.state.js';

/** YouTube by its Data API v3: videos in resumable uploads. */
export const createYoutubeSimulator: SimulatorFactory = (environment): Simulator => {
  const state = new YoutubeState(environment);
  const describe = (channel: Channel): SandboxAccount => {
    const playlists = state.playlists.of(channel.id).map(({ id, title }) => ({ id, title }));
    const account = describeChannel(channel);
    return { ...account, details: { ...account.details, playlists } };
  };
  return {
    ...stateParts('youtube', state),
    key: 'youtube',
    name: 'YouTube',
    hosts: ['API', 'UPLOAD', 'ANALYTICS', 'AUTH', 'TOKEN'],
    operations: [
      ...state.login.operations(),
      ...sessionOperations(state),
      ...videoOperations(state),
      ...thumbnailOperations(state),
      ...channelOperations(state),
      ...playlistOperations(state),
      ...commentOperations(state),
      ...reportOperations(state),
    ],
    inbox: () => inboxOf(state),
    accounts: () => state.channels.map(describe),
    createAccount: (input) => describe(state.put(input)),
    endTokens: (account, action) => {
      if (state.channel(account) === undefined) return false;
      state.login.end(account, action);
      return true;
    },
    environment: () => state.login.server.environment('youtube'),
    renderError,
  };
};
