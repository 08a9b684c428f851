import { Module } from '@nestjs/common';
import { ConfigModule } from '../common/config/index.js';
import { mediaTables, PlatformRegistry, PlatformsCoreModule } from '../platforms/core/index.js';
import { builtInPlatforms } from '../platforms/installed.js';
import { withContext } from './with.context.js';

const head = `# What is done to a file for each platform

Written by \`node dist/src/cli.js media-table --write docs/media.md\` from the limits that the planner reads; the suite fails when
it is out of date. Where a limit depends on the account or its server, the usual one stands here.

- A file that fits goes out byte for byte as it is. What does not is made to fit ahead of time, once for all accounts that want
  the same, and what came out is probed again before it counts.
- Metadata are always removed: where and with what a picture was taken. Of JPEG, PNG and WebP that fit otherwise they are cut out
  without touching the pixels; of video, without encoding anew. A picture that has to be written anew is turned upright. GIF, PDF
  and audio go out with what they carry.
- Nothing is cropped silently. Where the shape is not taken, \`fit\` of the file says \`crop\` or \`pad\`; without it preflight
  refuses the post with \`media_ratio\`. Nothing is enlarged or cut in time either.
- What moves stays moving: where no GIF is taken, it becomes a silent MP4; where no video is taken either, it is refused.
- JPEG stays JPEG, PNG stays PNG as long as the bytes suffice; else quality goes down by measured size, then the size in pixels.
  Video is written as H.264 and AAC in MP4, with the index at the beginning.
- HEIC of phones (HEVC) is decoded here, up to 64 million pixels, upright and in its own colours, and written as what is taken.
- A PDF is taken when it opens without a password; its pages are counted where a platform limits them.
- Alternative text goes along unchanged.
- Video needs ffmpeg, of the system or of the npm package. Without it images still work, and preflight says
  \`media_tool_missing\`.
`;

/** `docs/media.md`, from the platforms that are built in. */
export function renderMediaDocument(): Promise<string> {
  const key = Buffer.alloc(32).toString('base64');
  const env = { FANFARE_ENCRYPTION_KEYS: `none:${key}`, FANFARE_SIGNING_KEY: key };

  @Module({
    imports: [
      ConfigModule.forRoot({ env, platformSpecs: builtInPlatforms.configSpecs }),
      PlatformsCoreModule,
      ...builtInPlatforms.modules,
    ],
  })
  class Platforms {}

  return withContext(Platforms, (app) => {
    const descriptors = app
      .get(PlatformRegistry)
      .all()
      .map(({ descriptor }) => descriptor);
    return Promise.resolve(`${head}\n${mediaTables(descriptors)}\n`);
  });
}
