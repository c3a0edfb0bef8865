// Building nodes. Text only ever becomes text: nothing in this page parses HTML.

/** Makes an element. Props: `class`, `on…` listeners, attributes; null, false and undefined are left out. */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...nodes(children));
  return element;
}

/** Replaces the children of an element only if what they show has changed, so that focus and open details stay. */
export function show(element, key, build) {
  const signature = JSON.stringify(key);
  if (element.shown === signature) return;
  element.shown = signature;
  element.replaceChildren(...nodes([build()]));
}

function nodes(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

const PATHS = {
  done: 'M5 12.5l4.5 4.5L19 7.5',
  failed: 'M7 7l10 10M17 7L7 17',
  back: 'M9 7L4 12l5 5M4 12h10a5 5 0 0 1 0 10h-2',
  arrow: 'M5 12h14m-6-6 6 6-6 6',
  attention: 'M12 4 2.8 20h18.4zM12 10v4.5m0 2.6v.1',
  download: 'M12 4v11m-5-5 5 5 5-5M5 20h14',
  disk: 'M4 7c0-4 16-4 16 0v10c0 4-16 4-16 0zm0 0c0 4 16 4 16 0M4 12c0 4 16 4 16 0',
  clock: 'M12 7v5l3.5 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  pause: 'M9 6v12M15 6v12',
};

/** A decorative line icon. */
export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
