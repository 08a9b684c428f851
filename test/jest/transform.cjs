// Jest on Node 20 cannot require() ES modules, so everything that is one (ours and what lies in node_modules) is
// turned into CommonJS here. It does not check types: `npm run typecheck` does.
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { createTransformer } = require('@swc/jest');

const common = { swcrc: false, module: { type: 'commonjs' } };
const typescript = createTransformer({
  ...common,
  sourceMaps: 'inline',
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
});
const javascript = createTransformer({
  ...common,
  sourceMaps: false,
  jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } },
});

const esmByFolder = new Map();

/** The nearest package.json decides, as it does for Node. */
function isEsm(file) {
  if (file.endsWith('.mjs')) return true;
  if (file.endsWith('.cjs')) return false;
  const start = path.dirname(file);
  const known = esmByFolder.get(start);
  if (known !== undefined) return known;
  for (let folder = start; ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (fs.existsSync(manifest)) {
      const esm = JSON.parse(fs.readFileSync(manifest, 'utf8')).type === 'module';
      esmByFolder.set(start, esm);
      return esm;
    }
    if (path.dirname(folder) === folder) return false;
  }
}

function pick(file) {
  if (/\.[cm]?tsx?$/.test(file)) return typescript;
  return isEsm(file) ? javascript : null;
}

// An ES module may declare what Jest passes to a CommonJS module as arguments: a block keeps the two apart.
const shadows = /\b(?:const|let|class|function)\s+(?:__dirname|__filename|require|module|exports)\b/;
const inBlock = (result, source) =>
  shadows.test(source) ? { ...result, code: `{${result.code}\n}` } : result;

module.exports = {
  canInstrument: false,
  process(source, file, options) {
    const transformer = pick(file);
    return transformer ? inBlock(transformer.process(source, file, options), source) : { code: source };
  },
  getCacheKey(source, file, options) {
    const transformer = pick(file);
    if (transformer) return transformer.getCacheKey(source, file, options);
    return 'raw' + crypto.createHash('md5').update(file).update(source).digest('hex');
  },
};
