// Packages whose exports map has only an `import` condition (file-type, for one) are not found by Jest's CommonJS
// resolution. They are looked up a second time, as an import.
module.exports = (request, options) => {
  try {
    return options.defaultResolver(request, options);
  } catch (error) {
    try {
      return options.defaultResolver(request, { ...options, conditions: ['node', 'import', 'default'] });
    } catch {
      throw error;
    }
  }
};
