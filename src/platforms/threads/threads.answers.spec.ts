import { HttpAnswer } from '../../common/http/index.js';
import { readQuota } from '../families/meta/index.js';
import { failureOf, readInsights, readPosts, readProfile } from './threads.answers.js';

function answer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return new HttpAnswer(status, headers, Buffer.from(body), 'https://graph.threads.net/');
}

const now = new Date('2026-11-22T10:00:00Z');

describe('answers of Threads', () => {
  it('are read by their code before their status', () => {
    const body = '{"error":{"message":"Permission denied","type":"THApiException","code":10}}';
    expect(failureOf(answer(500, body), 'create')).toMatchObject({ code: 'threads.permission_missing' });
    expect(failureOf(answer(500, body), 'publish')).toMatchObject({
      code: 'threads.publish_answer_lies',
      provesNothingCreated: false,
    });
  });

  it('that name no listed code may pass when they say so, and are unknown when they do not', () => {
    const of = (transient: boolean): string =>
      failureOf(answer(400, `{"error":{"code":77,"is_transient":${transient}}}`), 'create').code;
    expect(of(true)).toBe('threads.unavailable');
    expect(of(false)).toBe('threads.unlisted_400');
  });

  it('of a listed code keep their meaning whatever they say of passing', () => {
    const body = '{"error":{"code":24,"error_subcode":4279009,"is_transient":false}}';
    expect(failureOf(answer(400, body), 'publish')).toMatchObject({
      kind: 'transient',
      provesNothingCreated: true,
    });
  });

  it('tell the minutes to wait in a header, or not at all', () => {
    const usage = (minutes: number): string =>
      JSON.stringify({ 1: [{ call_count: 90, estimated_time_to_regain_access: minutes }] });
    const wait = (header: string): number | null =>
      failureOf(answer(400, '{"error":{"code":4}}', { 'x-business-use-case-usage': header }), 'publish')
        .retryAfterMs;
    expect([wait(usage(3)), wait(usage(0)), wait('no JSON')]).toEqual([180_000, null, null]);
  });

  it('keep ids of 64 bits', () => {
    const { json } = { json: answer(200, '{"id":17841400000000000123,"username":"anna"}').json() };
    expect(readProfile(json)).toMatchObject({ id: '17841400000000000123', name: 'anna' });
  });

  it('list posts, and where the next page begins unless there are none', () => {
    const row = { id: '1', timestamp: '2026-11-22T09:00:00+0000', replied_to: { id: '9' } };
    const paging = { cursors: { after: 'c' } };
    expect(readPosts({ data: [row], paging })).toEqual({
      items: [
        {
          id: '1',
          permalink: null,
          text: '',
          createdAt: new Date('2026-11-22T09:00:00Z'),
          mediaType: '',
          repliedTo: '9',
        },
      ],
      after: 'c',
    });
    expect(readPosts({ data: [] })).toEqual({ items: [], after: null });
    expect(readPosts({})).toBeNull();
    expect(readPosts({ data: [row, { id: '2' }], paging })).toBeNull();
  });

  it('give figures as a series or as a total', () => {
    const data = [
      { name: 'views', values: [{ value: 3 }] },
      { name: 'replies', total_value: { value: 2 } },
      { name: 'unheard_of', values: [{ value: 1 }] },
    ];
    expect(readInsights({ data })).toEqual({ views: 3, comments: 2 });
  });

  it('say how many posts are left', () => {
    const row = { quota_usage: 249, config: { quota_total: 250, quota_duration: 86_400 } };
    expect(readQuota({ data: [row] }, now)).toEqual([
      { limit: 'posts', remaining: 1, resetAt: new Date('2026-11-22T11:00:00Z'), certain: true },
    ]);
    expect(readQuota({ data: [] }, now)).toEqual([]);
  });
});
