import {
  assertTransition,
  IllegalTransitionError,
  isEnd,
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
