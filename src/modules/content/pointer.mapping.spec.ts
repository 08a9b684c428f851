import { locate, pointerOf } from './pointer.mapping.js';
import type { TargetOverrides } from './post.js';

const inheriting: TargetOverrides = { text: null, link: null, media: null, thread: null, settings: null };
const overriding: TargetOverrides = { text: '', link: '', media: [], thread: [], settings: {} };

describe('pointerOf', () => {
  it.each(['/text', '/link', '/media', '/media/0', '/thread', '/thread/1/text', '/thread/0/media/2'])(
    'leads %s to the post when the target inherits it, to the target when it overrides it',
    (pointer) => {
      expect(pointerOf(pointer, 3, inheriting)).toBe(pointer);
      expect(pointerOf(pointer, 3, overriding)).toBe(`/targets/3${pointer}`);
    },
  );

  it('leads settings, the target itself and unknown fields to the target', () => {
    expect(pointerOf('/settings/langs/0', 0, inheriting)).toBe('/targets/0/settings/langs/0');
    expect(pointerOf('', 1, inheriting)).toBe('/targets/1');
    expect(pointerOf('/other', 1, inheriting)).toBe('/targets/1/other');
  });
});

describe('locate', () => {
  const violation = { pointer: '/text', rule: 'text_too_long', message: 'Too long.', remedy: 'Shorten it.' };

  it('says who takes offence at what several targets share', () => {
    expect(locate(violation, 0, inheriting, 'Example (@anna, acc_1)')).toMatchObject({
      pointer: '/text',
      message: 'For Example (@anna, acc_1): Too long.',
    });
  });

  it('leaves the message where the pointer names the target', () => {
    expect(locate(violation, 0, overriding, 'Example')).toMatchObject({
      pointer: '/targets/0/text',
      message: 'Too long.',
    });
  });
});
