import { buffer } from 'node:stream/consumers';
import { MediaStorage } from '../../../../src/modules/media/storage/media.storage.js';
import { RenditionMaker } from '../../../../src/modules/media/renditions/rendition.maker.js';
import { type IncidentStage, status } from './incident.stage.js';

/** The platform has ended the login, and has not yet answered who asks it for another one. */
export async function renewalUnderWay(stage: IncidentStage): Promise<string> {
  const { engine, account } = stage;
  let [reached, release] = [nothing, nothing];
  const asked = new Promise<void>((resolve) => (reached = resolve));
  const answered = new Promise<void>((resolve) => (release = resolve));
  const refresh = jest.spyOn(engine.connector, 'refresh').mockImplementation(async () => {
    reached();
    await answered;
    return { credentials: { token: 'renewed' }, expiresAt: null };
  });
  const sent = stage.sent(status(401));
  stage.afterwardsDo(async () => {
    release();
    await sent;
    refresh.mockRestore();
  });
  await Promise.race([asked, sent]);
  const [row] = await engine.rows('SELECT post_id FROM publications WHERE account_id = $1', [account]);
  return String(row?.['post_id']);
}

export async function renditionUnderWay(stage: IncidentStage): Promise<string> {
  const busy = jest.spyOn(stage.engine.app.get(RenditionMaker), 'make').mockResolvedValue();
  stage.afterwardsDo(() => Promise.resolve(busy.mockRestore()));
  const { id } = await stage.picture('image/jpeg', 20_000);
  return stage.written({ media: [id] });
}

export async function unfitFile(stage: IncidentStage): Promise<string> {
  const { id } = await stage.picture('image/jpeg', 300);
  return stage.written({ media: [id] });
}

/** Somebody has deleted it from the disk. */
export async function goneFile(stage: IncidentStage): Promise<string> {
  const { id, sha256 } = await stage.picture('image/png', 10_000_000);
  stage.engine.behaviour.publish = async (ctx, client) => {
    const [item] = ctx.content.media;
    if (item === undefined) throw new Error('the post has no file');
    await ctx.step('file', async () => (await buffer(await ctx.media(item).open())).length);
    return ctx.commit('part:0', () => client.create(ctx.account.externalId, ctx.content.text));
  };
  await stage.engine.app.get(MediaStorage).remove(sha256);
  return stage.written({ media: [id] });
}

function nothing(): void {
  return;
}
