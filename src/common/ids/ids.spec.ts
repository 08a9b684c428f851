import { deriveId, newId, parsePublicId, toPublicId } from './index.js';

const BASE = '0193c1a0-5b7e-7c3d-8f21-0a1b2c3d4e5f';

describe('ids', () => {
  it('makes ids of version 7 that sort by time', () => {
    const ids = Array.from({ length: 100 }, () => newId());
    expect(new Set(ids).size).toBe(100);
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('derives the same id from the same base and names', () => {
    const id = deriveId(BASE, 'target', '1');
    expect(deriveId(BASE.toUpperCase(), 'target', '1')).toBe(id);
    expect(id.slice(0, 13)).toBe(BASE.slice(0, 13));
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('derives other ids from other names, and tells names apart', () => {
    const ids = [deriveId(BASE), deriveId(BASE, 'ab'), deriveId(BASE, 'a', 'b'), deriveId(BASE, 'b', 'a')];
    expect(new Set(ids).size).toBe(4);
  });

  it('keeps a derived id stable over releases', () => {
    expect(deriveId(BASE, 'x')).toBe('0193c1a0-5b7e-75b1-89d4-4f8eee7b991e');
  });

  it('refuses a base that is no UUID of version 7', () => {
    expect(() => deriveId('0193c1a0-5b7e-4c3d-8f21-0a1b2c3d4e5f', 'x')).toThrow(RangeError);
    expect(() => deriveId('nonsense')).toThrow('"nonsense" is not a UUID of version 7');
  });

  it('writes and reads public ids', () => {
    const text = toPublicId('post', BASE.toUpperCase());
    expect(text).toBe('post_0193c1a05b7e7c3d8f210a1b2c3d4e5f');
    expect(parsePublicId('post', text)).toBe(BASE);
  });

  it.each([
    'plan_0193c1a05b7e7c3d8f210a1b2c3d4e5f',
    'post_0193C1A05B7E7C3D8F210A1B2C3D4E5F',
    'post_0193c1a05b7e7c3d8f210a1b2c3d4e5',
    'post_0193c1a05b7e7c3d8f210a1b2c3d4e5ff',
    'post_0193c1a0-5b7e-7c3d-8f21-0a1b2c3d4e5f',
    'post_0193c1a05b7e7c3d8f210a1b2c3d4e5f\n',
    'post_',
    '',
  ])('reads %j as no id of a post', (text) => {
    expect(parsePublicId('post', text)).toBeNull();
  });

  it('refuses to make a public id of what is no UUID', () => {
    expect(() => toPublicId('post', 'x')).toThrow(RangeError);
  });
});
