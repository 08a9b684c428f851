/** An import that one wall forbids. `to` is a file of the planted tree, or a package. */
export interface Plant {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

const plant = (rule: string, from: string, to: string): Plant => ({ rule, from, to });

export const FORBIDDEN: readonly Plant[] = [
  plant('module-door', 'src/modules/content/a.ts', 'src/modules/media/media.repository.ts'),
  plant('module-door', 'src/modules/activity/a.ts', 'src/modules/content/events/post-scheduled.event.ts'),
  plant('module-door-from-outside', 'src/api/b.ts', 'src/modules/media/media.repository.ts'),
  plant('module-door-from-outside', 'src/app.module.ts', 'src/modules/media/media.module.ts'),
  plant('reads-of-content', 'src/modules/content/c.ts', 'src/modules/publishing/index.ts'),
  plant('reads-of-scheduling', 'src/modules/scheduling/c.ts', 'src/modules/accounts/index.ts'),
  plant('reads-of-publishing', 'src/modules/publishing/c.ts', 'src/modules/scheduling/index.ts'),
  plant('reads-of-others', 'src/modules/accounts/c.ts', 'src/modules/media/index.ts'),
  plant('reads-of-others', 'src/modules/activity/c.ts', 'src/modules/publishing/index.ts'),
  plant('modules-know-no-platform', 'src/modules/media/d.ts', 'src/platforms/alpha/alpha.client.ts'),
  plant('modules-know-no-platform', 'src/modules/media/e.ts', 'src/platforms/families/meta/graph.ts'),
  plant('modules-below-the-edge', 'src/modules/media/f.ts', 'src/api/api.module.ts'),
  plant('modules-below-the-edge', 'src/modules/media/g.ts', 'src/app.module.ts'),
  plant('api-imports', 'src/api/h.ts', 'src/platforms/alpha/alpha.client.ts'),
  plant('api-imports', 'src/api/i.ts', 'src/app.module.ts'),
  plant('platforms-apart', 'src/platforms/alpha/j.ts', 'src/platforms/beta/beta.client.ts'),
  plant('platform-imports', 'src/platforms/alpha/k.ts', 'src/modules/content/index.ts'),
  plant('platform-imports', 'src/platforms/families/meta/k.ts', 'src/api/api.module.ts'),
  plant('core-imports', 'src/platforms/core/l.ts', 'src/platforms/alpha/alpha.client.ts'),
  plant('core-imports', 'src/platforms/core/m.ts', 'src/modules/content/events/index.ts'),
  plant('family-imports', 'src/platforms/families/meta/n.ts', 'src/platforms/facebook/facebook.client.ts'),
  plant('family-imports', 'src/platforms/families/meta/o.ts', 'src/platforms/families/google/oauth.ts'),
  plant('family-of-meta', 'src/platforms/youtube/p.ts', 'src/platforms/families/meta/graph.ts'),
  plant('family-of-google', 'src/platforms/facebook/p.ts', 'src/platforms/families/google/oauth.ts'),
  plant('family-without-members', 'src/platforms/alpha/q.ts', 'src/platforms/families/unnamed/shared.ts'),
  plant('common-is-below', 'src/common/clock/r.ts', 'src/modules/content/events/index.ts'),
  plant('common-is-below', 'src/common/clock/s.ts', 'src/platforms/core/index.ts'),
  plant('nobody-imports-the-sandbox', 'src/cli.ts', 'src/sandbox/main.ts'),
  plant('nobody-imports-the-sandbox', 'src/common/http/t.ts', 'src/sandbox/main.ts'),
  plant('sandbox-imports-nothing-of-ours', 'src/sandbox/u.ts', 'src/common/clock/index.ts'),
  plant('sandbox-imports-nothing-of-ours', 'src/sandbox/u.spec.ts', 'test/support/eventually.ts'),
  plant('nothing-imports-tests', 'src/common/http/v.ts', 'test/support/eventually.ts'),
  plant('migrations-import-only-typeorm', 'migrations/w.ts', 'src/common/clock/index.ts'),
  plant('migrations-import-only-typeorm', 'migrations/x.ts', 'pg'),
  plant('migrations-import-only-typeorm', 'migrations/y.ts', 'node:fs'),
  plant('no-cycles', 'src/common/ids/one.ts', 'src/common/ids/two.ts'),
  plant('no-dev-dependency-in-production', 'src/common/http/z.ts', 'supertest'),
  plant('resolvable', 'src/common/http/lost.ts', './nowhere.js'),
];

/** The other half of the cycle above. */
export const COMPLETES_THE_CYCLE: Plant = plant(
  'no-cycles',
  'src/common/ids/two.ts',
  'src/common/ids/one.ts',
);

export const ALLOWED: readonly Omit<Plant, 'rule'>[] = [
  { from: 'src/modules/content/ok.ts', to: 'src/modules/accounts/index.ts' },
  { from: 'src/modules/scheduling/ok.ts', to: 'src/modules/content/index.ts' },
  { from: 'src/modules/publishing/ok.ts', to: 'src/modules/media/index.ts' },
  { from: 'src/modules/activity/ok.ts', to: 'src/modules/publishing/events/index.ts' },
  { from: 'src/modules/accounts/ok.ts', to: 'src/modules/content/events/index.ts' },
  { from: 'src/modules/accounts/ok2.ts', to: 'src/platforms/core/index.ts' },
  { from: 'src/modules/accounts/ok3.ts', to: 'src/common/clock/index.ts' },
  { from: 'src/api/ok.ts', to: 'src/modules/content/index.ts' },
  { from: 'src/api/ok2.ts', to: 'src/platforms/core/index.ts' },
  { from: 'src/platforms/alpha/ok.ts', to: 'src/platforms/core/index.ts' },
  { from: 'src/platforms/alpha/ok2.ts', to: 'src/common/clock/index.ts' },
  { from: 'src/platforms/facebook/ok.ts', to: 'src/platforms/families/meta/graph.ts' },
  { from: 'src/platforms/families/meta/ok.ts', to: 'src/platforms/core/index.ts' },
  { from: 'src/app.module.ts', to: 'src/platforms/alpha/alpha.client.ts' },
  { from: 'src/common/clock/ok.spec.ts', to: 'test/support/eventually.ts' },
  { from: 'src/sandbox/ok.ts', to: 'src/sandbox/main.ts' },
  { from: 'migrations/ok.ts', to: 'typeorm' },
];
