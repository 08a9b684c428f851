import { ValidationFailedError } from '../../common/errors/index.js';
import type { ConnectField } from '../../platforms/core/index.js';
import { readFields } from './connect.fields.js';

const field = (more: Partial<ConnectField> & Pick<ConnectField, 'name'>): ConnectField => ({
  label: more.name,
  type: 'text',
  required: false,
  secret: false,
  help: '',
  ...more,
});

const fields: ConnectField[] = [
  field({ name: 'host', required: true }),
  field({ name: 'port', type: 'number', default: '587' }),
  field({ name: 'security', type: 'select', options: ['tls', 'none'], default: 'tls' }),
  field({ name: 'recipients', type: 'list' }),
  field({ name: 'note' }),
];

function violationsOf(given: Record<string, unknown>): string[] {
  try {
    readFields(fields, given, '/credentials');
    return [];
  } catch (error) {
    if (!(error instanceof ValidationFailedError)) throw error;
    return error.violations.map(({ pointer, rule }) => `${pointer} ${rule}`);
  }
}

describe('the fields of a form', () => {
  it('become texts, with defaults and without what is empty', () => {
    expect(readFields(fields, { host: 'mail.example', note: '' }, '/credentials')).toEqual({
      host: 'mail.example',
      port: '587',
      security: 'tls',
    });
  });

  it('take numbers and lists as JSON has them', () => {
    const given = { host: 'h', port: 25, recipients: ['a@example.org', 'b@example.org'] };
    expect(readFields(fields, given, '/credentials')).toMatchObject({
      port: '25',
      recipients: 'a@example.org\nb@example.org',
    });
  });

  it('keep spaces, which may belong to a password', () => {
    expect(readFields(fields, { host: ' h ' }, '/credentials')['host']).toBe(' h ');
  });

  it('are refused with everything that is wrong', () => {
    expect(violationsOf({ port: 'x', security: 'other', recipients: [1], note: {}, more: 1 })).toEqual([
      '/credentials/more unknown_field',
      '/credentials/host required',
      '/credentials/port number',
      '/credentials/security option',
      '/credentials/recipients field_type',
      '/credentials/note field_type',
    ]);
  });

  it('do not take inherited names', () => {
    expect(violationsOf(Object.create({ host: 'h' }) as Record<string, unknown>)).toEqual([
      '/credentials/host required',
    ]);
  });
});
