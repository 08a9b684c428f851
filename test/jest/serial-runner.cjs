// Process tests kill and restart servers: one file at a time, after the other projects.
const { default: TestRunner } = require('jest-runner');

module.exports = class SerialRunner extends TestRunner {
  isSerial = true;
};
