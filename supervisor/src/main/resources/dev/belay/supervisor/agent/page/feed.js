import * as api from './api.js';

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
  let source = null;
  let timer = 0;

  function open() {
    source = new EventSource(last === null ? '/api/events' : `/api/events?after=${last}`);
    source.addEventListener('open', () => {
      attempt = 0;
      onConnection('live');
    });
    source.addEventListener('log', (event) => {
      last = event.lastEventId;
      onLog(JSON.parse(event.data));
    });
    source.addEventListener('status', (event) => onStatus(JSON.parse(event.data)));
    source.addEventListener('error', again);
  }

  async function again() {
    source.close();
    const sessionEnded = await api.status().then(
      () => false,
      (failure) => failure.kind === 'session-required',
    );
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
    clearTimeout(timer);
    source.close();
  };
}
