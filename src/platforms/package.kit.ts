import { Dependencies, Injectable, Module } from '@nestjs/common';
import { Clock, ClockModule } from '../common/clock/index.js';
import { AppConfig } from '../common/config/index.js';
import * as errors from '../common/errors/index.js';
import * as http from '../common/http/index.js';
import * as core from './core/index.js';

/**
 * What a platform that comes as a package is given in place of imports: the very classes and decorators of this process, so that
 * there is one of each, whatever the package has below its own node_modules. Grouped as the platforms that are built in import them.
 */
export const platformKit = Object.freeze({
  /** Raised when something that a package may rely on goes away or means something else. */
  version: 1,
  /** `Dependencies(A, B)(TheClass)` names what the constructor takes, where no compiler writes it down. */
  nest: Object.freeze({ Dependencies, Injectable, Module }),
  core,
  http,
  errors,
  config: Object.freeze({ AppConfig }),
  clock: Object.freeze({ Clock, ClockModule }),
});

export type PlatformKit = typeof platformKit;
