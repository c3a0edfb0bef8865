import { h, icon, show } from './dom.js';
import { bytes, count, elapsed, stepName } from './format.js';
import { fraction } from './progress.js';

/**
 * The live panel of a running update. Its nodes live as long as it does and only change what they say, so a reader's
 * place and a screen reader's attention stay.
 */
export function progressPanel() {
  const title = h('h2', { tabindex: '-1' });
  const message = h('p', { class: 'quiet', 'aria-live': 'polite' });
  const fill = h('div', { class: 'bar-fill' });
  const bar = h('div', { class: 'bar', role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-label': 'Progress of the update' }, fill);
  const percent = h('span', { class: 'percent' });
  const clock = h('span', { class: 'quiet small' });
  const hops = h('ol', { class: 'hops' });
  const root = h('section', { class: 'card running' },
    h('div', { class: 'running-head' }, title, percent), bar, h('div', { class: 'running-foot' }, message, clock), hops,
    h('p', { class: 'quiet small' }, 'You may close or reload this page; the update goes on. If anything fails, the version before is put back with its data.'));

  return {
    root,
    focus: () => title.focus(),
    render(model, chain, to, now = Date.now()) {
      const done = Math.round(fraction(model, chain.length) * 100);
      const back = model.phase === 'rolling-back';
      title.textContent = back ? 'Putting the version before back' : to ? `Updating to ${to}` : 'Updating';
      root.classList.toggle('back', back);
      if (message.textContent !== model.message) message.textContent = model.message;
      percent.textContent = back ? '' : `${done} %`;
      fill.style.width = back ? '100%' : `${done}%`;
      bar.setAttribute('aria-valuenow', String(done));
      clock.textContent = model.begun ? elapsed(now - Date.parse(model.begun)) : '';
      show(hops, [model.hops, chain], () => rows(model, chain));
      return done;
    },
  };
}

function rows(model, chain) {
  const seen = model.hops.toSorted((a, b) => a.number - b.number);
  const missing = chain.map((version, index) => ({ number: index + 1, steps: [], state: 'ahead', version }))
    .filter((hop) => !seen.some((one) => one.number === hop.number));
  return [...seen, ...missing].map((hop) => row(hop, chain[hop.number - 1]));
}

const STATES = { committed: 'done', 'rolled-back': 'back', 'not-rolled-back': 'failed' };
const WORDS = { committed: 'done', running: 'in progress', 'rolled-back': 'put back', 'not-rolled-back': 'needs a person', ahead: 'to come' };

function row(hop, version) {
  const ready = hop.number === 0 && hop.steps.length > 0 && hop.steps.every((one) => one.state === 'done');
  const name = hop.number === 0 ? 'Getting ready' : version ? `Hop ${hop.number}: ${version}` : `Hop ${hop.number}`;
  const state = ready ? 'committed' : hop.state;
  return h('li', { class: `hop ${state}` },
    h('div', { class: 'hop-name' }, h('span', { class: 'dot' }, STATES[state] && icon(STATES[state])), h('strong', null, name),
      h('span', { class: 'quiet small' }, WORDS[state])),
    hop.steps.length > 0 && h('ul', { class: 'steps' }, hop.steps.map(step)));
}

function step(one) {
  return h('li', { class: `step ${one.state}` }, one.state === 'done' && icon('done'), one.state === 'failed' && icon('failed'),
    stepName(one.name), one.state === 'running' && one.total > 0 && h('span', { class: 'quiet' }, howFar(one)));
}

function howFar({ done, total }) {
  return total > 100_000 ? ` ${bytes(done)} of ${bytes(total)}` : ` ${done} of ${count(total, 'item')}`;
}
