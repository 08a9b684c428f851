import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema } from './config.schema.js';
import { renderEnvExample } from './env-example.js';

describe('renderEnvExample', () => {
  it('is what is committed as .env.example', () => {
    const committed = readFileSync(join(__dirname, '../../../.env.example'), 'utf8');
    expect(committed).toBe(renderEnvExample());
  });

  it('documents every variable with its default', () => {
    const text = renderEnvExample();
    for (const { key, doc } of Object.values(configSchema)) {
      expect(text).toContain(`\n# ${key}=`);
      expect(text).toContain(doc);
    }
    expect(text).toContain('# PORT=3000\n');
    expect(text).toContain('# FANFARE_SANDBOX=0\n');
  });

  it('lists the variables of the platforms that it is given', () => {
    const specs = [{ key: 'alpha-beta', hosts: [{ label: 'UPLOAD', defaultUrl: 'https://up.example' }] }];
    expect(renderEnvExample(configSchema, specs)).toContain(
      '# alpha-beta\n# PLATFORM_ALPHA_BETA_ENABLED=1\n# PLATFORM_ALPHA_BETA_RATES=\n# PLATFORM_ALPHA_BETA_UPLOAD_URL=https://up.example\n',
    );
  });
});
