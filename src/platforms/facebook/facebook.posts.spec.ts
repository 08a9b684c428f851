import { readPosts } from './facebook.posts.js';

const created_time = '2026-11-22T10:00:00+0000';

describe('a list of posts on Facebook', () => {
  it('has a video by its own id, and everything else by that of its post', () => {
    const attached = (media_type: string) => ({ data: [{ media_type, target: { id: '77' } }] });
    const data = [
      { id: '1_2', created_time, attachments: attached('video_inline') },
      { id: '1_3', created_time, attachments: attached('photo') },
      { post_id: '9', creation_time: '1795341600', media_id: '78' },
    ];
    expect(readPosts({ data })?.items).toMatchObject([
      { id: '77', hasVideo: true, mediaIds: ['77'], createdAt: new Date('2026-11-22T10:00:00Z') },
      { id: '1_3', hasVideo: false, mediaIds: ['77'] },
      { id: '9', hasVideo: false, mediaIds: ['78'], createdAt: new Date('2026-11-22T10:00:00Z') },
    ]);
  });

  it('is none when it says nothing, or has a row without a time', () => {
    expect(readPosts({ data: [] })).toEqual({ items: [], after: null });
    expect(readPosts(undefined)).toBeNull();
    expect(readPosts({ error: {} })).toBeNull();
    expect(readPosts({ data: [{ id: '1_2', created_time }, { id: '1_3' }] })).toBeNull();
  });
});
