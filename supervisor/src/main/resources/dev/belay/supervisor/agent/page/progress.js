// From the event log to how far an update is. Pure: a model and an event make the next model.

/** What is known before any event. */
export const NOTHING = Object.freeze({ transaction: null, begun: null, hops: [], message: '', phase: 'none', failure: null });

/** Steps that a hop usually has; only used to guess how much of it is left. */
const USUAL_STEPS = 9;

/**
 * Phases: `none`, `running`, `rolling-back`, `ended`. Hops are `{number, steps, state, version}` with the states
 * `running`, `committed`, `rolled-back` and `not-rolled-back`; number 0 is the preparation. Steps are
 * `{name, state, done, total}` with the states `running`, `done` and `failed`.
 */
export function reduce(model, event) {
  if (!event.transaction) return model;
  const known = event.transaction === model.transaction;
  const base = known && event.event !== 'begun'
    ? model
    : { ...NOTHING, transaction: event.transaction, begun: event.at, phase: 'running' };
  const next = { ...base, message: event.message || base.message };
  switch (event.event) {
    case 'step-begun':
      return inHop(next, event, (hop) => ({ ...hop, steps: [...closed(hop.steps), { name: event.step, state: 'running', done: 0, total: 0 }] }));
    case 'progress':
      return inHop({ ...next, message: base.message }, event, (hop) => step(hop, event, { done: event.done, total: event.total }));
    case 'step-done':
      return inHop({ ...next, message: base.message }, event, (hop) => step(hop, event, { state: 'done' }));
    case 'committed':
      return inHop(next, event, (hop) => ({ ...hop, state: 'committed', steps: closed(hop.steps) }));
    case 'failed':
      return {
        ...inHop(next, event, (hop) => step(hop, event, { state: 'failed' })),
        phase: 'rolling-back',
        failure: { kind: event.kind, message: event.message },
      };
    case 'rolled-back':
    case 'not-rolled-back':
      return inHop(next, event, (hop) => ({ ...hop, state: event.event, steps: closed(hop.steps) }));
    case 'recovered':
    case 'ended':
      return { ...next, phase: 'ended' };
    default:
      return next;
  }
}

/** How much is done, 0 to 1, when the run has so many hops. */
export function fraction(model, hopCount) {
  if (model.phase === 'ended') return 1;
  const hops = model.hops.filter((hop) => hop.number > 0);
  const preparation = model.hops.find((hop) => hop.number === 0);
  const total = Math.max(hopCount, hops.length, 1);
  const inHops = hops.reduce((sum, hop) => sum + part(hop), 0) / total;
  // getting ready (download, unpacking) counts as a quarter
  const ready = hops.length > 0 ? 1 : preparation ? part(preparation, 4) : 0;
  return Math.min(0.99, ready * 0.25 + inHops * 0.75);
}

function part(hop, usual = USUAL_STEPS) {
  if (hop.state !== 'running') return 1;
  const done = hop.steps.reduce((sum, one) => sum + (one.state === 'running' ? (one.total ? one.done / one.total : 0) : 1), 0);
  return Math.min(0.95, done / Math.max(usual, hop.steps.length));
}

function inHop(model, event, change) {
  const number = event.hop ?? 0;
  const present = model.hops.some((hop) => hop.number === number);
  const hops = present ? model.hops : [...model.hops, { number, steps: [], state: 'running' }];
  return { ...model, hops: hops.map((hop) => (hop.number === number ? change(hop) : hop)) };
}

function step(hop, event, change) {
  const at = hop.steps.findLastIndex((one) => one.name === event.step);
  if (at < 0) {
    if (!event.step) return hop;
    return { ...hop, steps: [...hop.steps, { name: event.step, state: 'running', done: 0, total: 0, ...change }] };
  }
  return { ...hop, steps: hop.steps.map((one, index) => (index === at ? { ...one, ...change } : one)) };
}

function closed(steps) {
  return steps.map((one) => (one.state === 'running' ? { ...one, state: 'done' } : one));
}
