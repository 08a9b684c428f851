import fc from 'fast-check';
import {
  assertTransition,
  IllegalTransitionError,
  isEnd,
  type PublicationState,
  publicationStates,
  transitions,
} from './publication.states.js';

const edges = publicationStates.flatMap((from) =>
  publicationStates.map((to) => ({ from, to, legal: transitions[from].includes(to) })),
);

describe('the states of a publication', () => {
  it.each(edges.filter((edge) => edge.legal))('allow $from to $to', ({ from, to }) => {
    expect(() => {
      assertTransition(from, to);
    }).not.toThrow();
  });

  it.each(edges.filter((edge) => !edge.legal))('refuse $from to $to', ({ from, to }) => {
    expect(() => {
      assertTransition(from, to);
    }).toThrow(IllegalTransitionError);
  });

  it('never leave canceled, and published only to go on with what is missing', () => {
    expect(transitions.canceled).toEqual([]);
    expect(transitions.published).toEqual(['waiting']);
  });

  it('reach failed or unconfirmed only from a run, or from a judgement', () => {
    const before = publicationStates.filter((from) => transitions[from].includes('failed'));
    expect(before).toEqual(['running', 'unconfirmed']);
    expect(publicationStates.filter((from) => transitions[from].includes('unconfirmed'))).toEqual([
      'running',
    ]);
  });

  it('are ends or open', () => {
    expect(publicationStates.filter((state) => !isEnd(state))).toEqual([
      'waiting',
      'running',
      'with_platform',
    ]);
  });
});

/** Any life of a publication: from the beginning, a choice among those who may follow, again and again. */
const lives = fc.array(fc.nat(), { maxLength: 40 }).map((choices) => {
  const life: PublicationState[] = ['waiting'];
  for (const choice of choices) {
    const next = transitions[life.at(-1) ?? 'waiting'];
    const state = next[choice % Math.max(1, next.length)];
    if (state === undefined) break;
    life.push(state);
  }
  return life;
});

describe('the life of a publication', () => {
  it('ends where it is canceled, and goes on from published only by waiting for what is missing', () => {
    fc.assert(
      fc.property(lives, (life) => {
        for (const [index, state] of life.slice(0, -1).entries()) {
          expect(state).not.toBe('canceled');
          if (state === 'published') expect(life[index + 1]).toBe('waiting');
        }
      }),
    );
  });

  it('comes to an end by itself only through a run; a person also cancels what waits, or passes it over', () => {
    fc.assert(
      fc.property(lives, (life) => {
        for (const [index, state] of life.entries()) {
          const before = life[index - 1];
          if (before === undefined || !isEnd(state) || isEnd(before) || state === 'canceled') continue;
          if (state === 'skipped' && before === 'waiting') continue;
          expect(before).toBe('running');
        }
      }),
    );
  });

  it('goes on after an unsuccessful end by waiting, never by a run that nobody has claimed', () => {
    fc.assert(
      fc.property(lives, (life) => {
        for (const [index, state] of life.entries()) {
          const before = life[index - 1];
          if (before !== undefined && isEnd(before) && !isEnd(state)) expect(state).toBe('waiting');
        }
      }),
    );
  });

  it('can always still end, from whatever it has come to', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const reached = new Set([life.at(-1) ?? 'waiting']);
        for (const state of reached) for (const next of transitions[state]) reached.add(next);
        expect([...reached].some(isEnd)).toBe(true);
      }),
    );
  });
});
