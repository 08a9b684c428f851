// The walls of ARCHITECTURE.md. Each rule's comment says why it stands; test/walls/walls.spec.ts plants a violation for each.

const DOORS = '^src/modules/[^/]+/(index|events/index)[.]ts$';
const EVENTS = '^src/modules/[^/]+/events/index[.]ts$';

/** Which module may read which through its index. Everything else crosses as an event. */
const READS = {
  content: ['accounts', 'media'],
  scheduling: ['content'],
  publishing: ['content', 'accounts', 'media'],
};

/** What several platforms of one owner share, and who they are. */
const FAMILIES = {
  meta: ['facebook', 'instagram', 'threads'],
  google: ['google-business', 'youtube'],
};

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const oneOf = (names) => `(${names.join('|')})`;

const modules = [
  forbid(
    'module-door',
    'A module is reached only by its index.ts or its events/index.ts, so that its inside can change.',
    { path: '^src/modules/([^/]+)/' },
    { path: '^src/modules/', pathNot: ['^src/modules/$1/', DOORS] },
  ),
  forbid(
    'module-door-from-outside',
    'What holds for other modules holds for the HTTP edge and the entry files too.',
    { path: '^(src|migrations)/', pathNot: '^src/modules/' },
    { path: '^src/modules/', pathNot: DOORS },
  ),
  ...Object.entries(READS).map(([reader, read]) =>
    forbid(
      `reads-of-${reader}`,
      `${reader} reads ${read.join(', ')} and nobody else: the reads form a DAG, changes cross as events.`,
      { path: `^src/modules/${reader}/` },
      { path: '^src/modules/', pathNot: [`^src/modules/${oneOf([reader, ...read])}/`, EVENTS] },
    ),
  ),
  forbid(
    'reads-of-others',
    'A module without a line in the read DAG listens to events and reads nobody.',
    { path: '^src/modules/([^/]+)/', pathNot: `^src/modules/${oneOf(Object.keys(READS))}/` },
    { path: '^src/modules/', pathNot: ['^src/modules/$1/', EVENTS] },
  ),
  forbid(
    'modules-know-no-platform',
    'Adding a platform is adding a folder: modules know platforms/core, never a platform.',
    { path: '^src/modules/' },
    { path: '^src/platforms/', pathNot: '^src/platforms/core/' },
  ),
  forbid(
    'modules-below-the-edge',
    'Modules build on common and platforms/core; the edge and the entry files build on modules.',
    { path: '^src/modules/' },
    { path: '^src/', pathNot: '^src/(modules|platforms|common|sandbox)/' },
  ),
  forbid(
    'api-imports',
    'The HTTP edge composes module indexes; it knows no platform, table or entry file.',
    { path: '^src/api/' },
    { path: '^src/', pathNot: '^src/(api|modules|common|sandbox|platforms/core)/' },
  ),
];

const A_PLATFORM = '^src/platforms/(?!core/|families/)([^/]+)/';

const platforms = [
  forbid(
    'platforms-apart',
    'One platform never leans on another: each can be understood, changed and removed alone.',
    { path: A_PLATFORM },
    { path: '^src/platforms/', pathNot: ['^src/platforms/$1/', '^src/platforms/(core|families)/'] },
  ),
  forbid(
    'platform-imports',
    'A platform is a plug-in: it knows platforms/core, common and its family, nothing of the engine.',
    { path: '^src/platforms/(?!core/)' },
    { path: '^src/', pathNot: '^src/(platforms|common|sandbox)/' },
  ),
  forbid(
    'core-imports',
    'platforms/core is the edge that platforms are written against; it stands on common alone.',
    { path: '^src/platforms/core/' },
    { path: '^src/', pathNot: '^src/(platforms/core|common|sandbox)/' },
  ),
  forbid(
    'family-imports',
    'A family holds what its members share; it knows none of them and no other family.',
    { path: '^src/platforms/families/([^/]+)/' },
    { path: '^src/platforms/', pathNot: ['^src/platforms/core/', '^src/platforms/families/$1/'] },
  ),
  ...Object.entries(FAMILIES).map(([family, members]) =>
    forbid(
      `family-of-${family}`,
      `${family} is shared by ${members.join(', ')}; for everybody else it is a platform's inside.`,
      { path: '^src/', pathNot: `^src/platforms/(families|${members.join('|')})/` },
      { path: `^src/platforms/families/${family}/` },
    ),
  ),
  forbid(
    'family-without-members',
    'A family names its members in this file before anybody imports it.',
    { path: '^src/', pathNot: '^src/platforms/families/' },
    { path: '^src/platforms/families/', pathNot: `^src/platforms/families/${oneOf(Object.keys(FAMILIES))}/` },
  ),
];

const ground = [
  forbid(
    'common-is-below',
    'common knows no domain word but the workspace id: it imports nothing that stands on it.',
    { path: '^src/common/' },
    { path: '^src/', pathNot: '^src/(common|sandbox)/' },
  ),
  forbid(
    'nobody-imports-the-sandbox',
    'The sandbox stands in for the outside world: it is started as a process and reached over the network.',
    { path: '^(src|migrations)/', pathNot: '^src/sandbox/' },
    { path: '^src/sandbox/' },
  ),
  forbid(
    'sandbox-imports-nothing-of-ours',
    'A simulator that shares code with the client shares its mistakes.',
    { path: '^src/sandbox/' },
    { path: '^(src|migrations|test|scripts|bench)/', pathNot: '^src/sandbox/' },
  ),
  forbid(
    'nothing-imports-tests',
    'What ships does not depend on what checks it. Specs may use test/support.',
    { path: '^(src|migrations)/', pathNot: '[.]spec[.]ts$' },
    { path: '^(test|bench)/|[.]spec[.]ts$' },
  ),
  forbid(
    'migrations-import-only-typeorm',
    'A migration says the same for ever; code that changes must not change it.',
    { path: '^migrations/' },
    { pathNot: ['^migrations/', '(^|/)node_modules/typeorm/'] },
  ),
  forbid(
    'no-cycles',
    'Two files that need each other are one thing in two places, and ES modules load them half made.',
    { path: '^(src|migrations)/' },
    { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  ),
  forbid(
    'no-dev-dependency-in-production',
    'It is not installed there.',
    { path: '^(src|migrations)/', pathNot: '[.]spec[.]ts$' },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  ),
  forbid(
    'resolvable',
    'An import that leads nowhere would pass every other wall.',
    { path: '^(src|migrations)/' },
    { couldNotResolve: true },
  ),
];

export default {
  forbidden: [...modules, ...platforms, ...ground],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs'],
    },
  },
};
