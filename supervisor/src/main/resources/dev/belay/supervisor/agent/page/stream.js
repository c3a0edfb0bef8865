// Server-sent events over fetch, because an EventSource cannot send the header that proves the session.

/**
 * Reads events until the stream ends, fails or is aborted; then returns. Throws what fetch throws. An answer that is no
 * stream ends at once.
 *
 * onEvent hears `{type, data, id}`.
 */
export async function read(url, { headers, signal, onOpen, onEvent }) {
  const response = await fetch(url, { headers: { ...headers, Accept: 'text/event-stream' }, signal });
  if (!response.ok || !response.headers.get('Content-Type')?.startsWith('text/event-stream')) return;
  onOpen();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let event = { type: 'message', data: [], id: null };
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const lines = (rest + chunk.value).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        if (event.data.length > 0) onEvent({ ...event, data: event.data.join('\n') });
        event = { type: 'message', data: [], id: null };
      } else {
        take(event, line);
      }
    }
  }
}

function take(event, line) {
  const colon = line.indexOf(':');
  const field = colon < 0 ? line : line.slice(0, colon);
  const value = line.slice(colon + 1).replace(/^ /, '');
  if (field === 'event') event.type = value;
  else if (field === 'data') event.data.push(value);
  else if (field === 'id') event.id = value;
}
