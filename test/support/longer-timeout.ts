import { jest } from '@jest/globals';

// A bound against hanging, not a statement about speed: the machine may be busy.
jest.setTimeout(120_000);
