import { JobDispatcher } from '../../../../src/common/queue/index.js';
import { Engine } from '../../../support/engine/engine.js';
import { IncidentStage, minute } from './incident.stage.js';
import { incidents } from './incidents.js';

let engine: Engine;
let stage: IncidentStage;

beforeAll(async () => {
  engine = await Engine.start();
  stage = new IncidentStage(engine);
});
afterAll(() => engine.stop());
beforeEach(() => stage.begin());
afterEach(() => stage.end());

describe('the first line of explain names the cause when', () => {
  it.each(incidents.map((incident) => ({ ...incident })))(
    '$when',
    async ({ stage: incident, says, minutes }) => {
      const staged = await incident(stage);
      const cause = typeof staged === 'string' ? await stage.cause(staged) : staged;
      expect(cause).toMatchObject(says);
      if (minutes !== undefined) expect(stage.inMs(cause)).toBeGreaterThan(minutes * minute);
    },
  );

  it('any of more than twenty things has happened', () => {
    expect(new Set(incidents.map(({ when }) => when)).size).toBe(incidents.length);
    expect(incidents.length).toBeGreaterThan(20);
  });
});

describe('the first line of explain follows what happens next:', () => {
  it('a worker that is there again has others to serve first', async () => {
    const postId = await stage.later(minute);
    await engine.advance(6 * minute);
    await stage.onlyPresent('scheduler');
    expect(await stage.cause(postId)).toMatchObject({ code: 'no_worker' });
    await stage.present('all');
    expect(await stage.cause(postId)).toMatchObject({ code: 'busy' });
  });

  it('a scheduler that is there again hands over next', async () => {
    const postId = await stage.later(10 * minute);
    await engine.advance(16 * minute);
    await stage.onlyPresent('scheduler');
    expect(await stage.cause(postId)).toMatchObject({ code: 'not_handed_over' });
  });

  it('what was in a queue that was wiped goes out with the next sweep', async () => {
    const postId = await stage.later(minute);
    engine.queue.wipe();
    await engine.advance(6 * minute);
    await engine.sweep();
    await engine.queue.runDue(engine.app.get(JobDispatcher));
    expect(await stage.cause(postId)).toMatchObject({ code: 'published' });
  });
});
