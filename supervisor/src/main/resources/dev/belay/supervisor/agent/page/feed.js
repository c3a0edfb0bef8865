import * as api from './api.js';
import { proof } from './session.js';
import { read } from './stream.js';

const FIRST_WAIT = 300;
const LONGEST_WAIT = 8000;

/**
 * Follows the agent's events for as long as the page lives. A lost stream is opened again after a growing wait, from
 * the last event on, so nothing of a running update is missed or shown twice.
 *
 * onConnection hears `live`, `reconnecting` or `locked` (the session has ended).
 */
export function follow({ onLog, onStatus, onConnection }) {
  let last = null;
  let attempt = 0;
  let timer = 0;
  let stopped = false;
  let current = null;

  async function open() {
    current = new AbortController();
    try {
      await read(last === null ? '/api/events' : `/api/events?after=${last}`, {
        headers: proof(),
        signal: current.signal,
        onOpen: () => {
          attempt = 0;
          onConnection('live');
        },
        onEvent: ({ type, data, id }) => {
          if (type === 'status') onStatus(api.parse(data));
          if (type === 'log') {
            last = id;
            onLog(api.parse(data));
          }
        },
      });
    } catch {
      // the agent is gone or was never there: again, below
    }
    if (!stopped) again();
  }

  async function again() {
    const sessionEnded = await api.status().then(
      () => false,
      (failure) => failure.kind === 'session-required',
    );
    if (stopped) return;
    if (sessionEnded) {
      onConnection('locked');
      return;
    }
    onConnection('reconnecting');
    const step = Math.min(FIRST_WAIT * 2 ** attempt++, LONGEST_WAIT);
    timer = setTimeout(open, step / 2 + Math.random() * (step / 2));
  }

  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    current?.abort();
  };
}
