import { h, icon } from './dom.js';
import { date, duration } from './format.js';

const WORDS = { updated: 'Updated', 'went-back': 'Went back', restored: 'Restored', 'rolled-back': 'Rolled back', 'not-rolled-back': 'Needs a person', failed: 'Failed' };
const TONES = { updated: 'good', 'went-back': 'good', restored: 'good', 'rolled-back': 'warning', 'not-rolled-back': 'bad', failed: 'warning' };
const ICONS = { updated: 'done', 'went-back': 'done', restored: 'done', 'rolled-back': 'back', 'not-rolled-back': 'attention', failed: 'failed' };

/** Whether a run did what it was for. */
export const good = (outcome) => TONES[outcome] === 'good';

/** Past runs, newest first. On a phone each row becomes a small card. */
export function historyView(entries) {
  if (entries.length === 0) return h('p', { class: 'quiet' }, 'Nothing has been updated on this host yet.');
  return h('table', { class: 'history' },
    h('thead', null, h('tr', null, ['When', 'From', 'To', 'Result', 'Took', 'Downtime'].map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', null, entries.map(entry)));
}

function entry(run) {
  const downtime = run.hops.reduce((sum, hop) => sum + hop.downtimeSeconds, 0);
  return h('tr', null,
    cell('When', date(run.begun)),
    cell('From', run.from),
    cell('To', run.to),
    cell('Result', h('span', { class: `badge ${TONES[run.outcome] ?? ''}` }, WORDS[run.outcome] ?? run.outcome),
      !good(run.outcome) && h('p', { class: 'quiet small' }, run.message)),
    cell('Took', duration(run.seconds)),
    cell('Downtime', duration(downtime)));
}

function cell(label, ...content) {
  return h('td', { 'data-label': label }, h('div', null, content));
}

/** How the last run ended, in plain words, until it is put away. */
export function resultView(last, { help, dismiss }) {
  const tone = TONES[last.outcome] ?? 'warning';
  return h('section', { class: `card result ${tone}`, id: 'result', role: 'status', 'data-outcome': last.outcome },
    h('div', { class: 'result-icon' }, icon(ICONS[last.outcome] ?? 'attention')),
    h('div', null,
      h('h2', { tabindex: '-1' }, headline(last)),
      h('p', null, last.message),
      help && h('p', { class: 'small' }, help),
      last.outcome === 'rolled-back' && last.run === 'update' && h('p', { class: 'small' }, `${last.to} is not offered to this host again unless you ask for it.`),
      h('div', { class: 'actions' }, h('button', { class: 'plain', id: 'dismiss', onclick: dismiss }, 'All right'))));
}

function headline({ outcome, from, to }) {
  switch (outcome) {
    case 'updated': return `Updated to ${to}`;
    case 'went-back': return `Went back to ${to}`;
    case 'restored': return `Restored a backup of ${to}`;
    case 'rolled-back': return `The update to ${to} was rolled back`;
    case 'not-rolled-back': return `The update to ${to} failed, and so did putting ${from} back`;
    default: return `The update to ${to} did not happen`;
  }
}
