import type { SwitchedOff } from './platform.switches.js';

/** For whom a platform is off, and who can switch it on. */
export const switchWords: Readonly<Record<SwitchedOff['by'], { for: string; remedy: string }>> = {
  configuration: {
    for: 'in the configuration of this server',
    remedy: 'Ask whoever runs this server to switch it on.',
  },
  instance: {
    for: 'for everybody on this server',
    remedy: 'Ask whoever runs this server to switch it on.',
  },
  workspace: { for: 'for this workspace', remedy: 'Switch the platform on.' },
};
