import { h, icon } from './dom.js';
import { bytes, count, duration } from './format.js';
import { markdown } from './markdown.js';

/**
 * The chain with its reasons, what it takes, what happens to the configuration, and the notes.
 * Before the releases are here nothing is known of the configuration: `actions.compare` fetches them.
 */
export function planView({ chain }, actions) {
  return [
    card('The way there', path(chain)),
    card('What it takes', forecast(chain.forecast)),
    card('Configuration', chain.compared ? configuration(chain) : uncompared(actions)),
    card('What is new', notes(chain)),
  ];
}

/** Placeholder while the plan is made. */
export function planPending() {
  return card('The way there', h('div', { class: 'skeleton' }, h('span'), h('span'), h('span')),
    h('p', { class: 'quiet small' }, 'Preparing the plan: reading what the vendor offers.'));
}

function card(title, ...content) {
  return h('section', { class: 'card' }, h('h3', null, title), content);
}

function path({ from, hops }) {
  return h('ol', { class: 'rope' },
    h('li', { class: 'knot here' }, h('strong', null, from), h('p', { class: 'quiet small' }, 'Installed now.')),
    hops.map((hop, index) => h('li', { class: index === hops.length - 1 ? 'knot goal' : 'knot' },
      h('strong', null, hop.to), h('p', { class: 'quiet small' }, hop.why))));
}

function forecast(f) {
  const tight = f.diskBytes > f.freeBytes;
  return [
    h('dl', { class: 'tiles' },
      tile('clock', 'Time', duration(f.seconds), 'from start to end'),
      tile('pause', 'Downtime', duration(f.downtimeSeconds), 'all hops together'),
      tile('download', 'Download', bytes(f.downloadBytes), f.downloadBytes === 0 ? 'is here already' : 'still to fetch'),
      tile('disk', 'Disk', bytes(f.diskBytes), `${bytes(f.freeBytes)} free`, tight ? 'tight' : '')),
    h('p', { class: 'quiet small' }, `Times from ${f.basis}.`),
  ];
}

function tile(symbol, label, value, detail, kind = '') {
  return h('div', { class: `tile ${kind}` },
    h('dt', null, icon(symbol), label), h('dd', null, h('strong', null, value), h('span', { class: 'quiet small' }, detail)));
}

function configuration({ hops, localChanges }) {
  const changed = hops.flatMap((hop) => hop.config.map((file) => ({ ...file, to: hop.to })));
  if (changed.length === 0 && localChanges.length === 0) return h('p', { class: 'quiet' }, 'Your configuration stays as it is.');
  const conflicts = changed.reduce((sum, file) => sum + file.conflicts.length, 0);
  return [
    changed.length > 0 && h('p', { class: 'quiet' }, conflicts === 0
      ? 'Your edits are kept and merged with the new defaults.'
      : `Your edits are kept. ${count(conflicts, 'place')} where a default changed as well: yours stays, the new one is saved beside.`),
    changed.map((file) => h('details', { class: 'file', open: file.conflicts.length > 0 },
      h('summary', null, h('code', null, file.path), h('span', { class: 'quiet small' }, `for ${file.to}`),
        file.conflicts.length > 0 && h('span', { class: 'badge warning' }, count(file.conflicts.length, 'conflict'))),
      h('ul', null, file.conflicts.map((line) => h('li', { class: 'conflict' }, line)), file.decisions.map((line) => h('li', null, line))))),
    localChanges.length > 0 && h('details', { class: 'file' },
      h('summary', null, `${count(localChanges.length, 'program file')} changed on this host`, h('span', { class: 'badge warning' }, 'stays behind')),
      h('ul', null, localChanges.map((path) => h('li', null, h('code', null, path))))),
  ];
}

function uncompared({ comparing, connected, compare }) {
  return [
    h('p', { class: 'quiet' }, 'Your edits are kept and merged with the new defaults. What that means file by file can be said '
      + 'once the releases on the way are on this host; the update fetches them, or you do now.'),
    h('p', null, h('button', { class: 'plain', id: 'compare', disabled: comparing || !connected, onclick: compare },
      comparing ? 'Fetching and comparing…' : 'Fetch and compare now')),
  ];
}

function notes({ hops }) {
  const withNotes = hops.filter((hop) => hop.notes.trim() !== '').toReversed();
  if (withNotes.length === 0) return h('p', { class: 'quiet' }, 'The vendor gave no release notes.');
  return withNotes.map((hop, index) => h('details', { class: 'notes', open: index === 0 },
    h('summary', null, h('strong', null, hop.to)), h('div', { class: 'markdown' }, markdown(hop.notes))));
}
