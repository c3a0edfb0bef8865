import * as api from './api.js';
import { h, show } from './dom.js';
import { follow } from './feed.js';
import { count, duration } from './format.js';
import { NOTHING, fraction, reduce } from './progress.js';
import { good, historyView, resultView } from './view-history.js';
import { notice, notices, overview } from './view-overview.js';
import { planPending, planView } from './view-plan.js';
import { progressPanel } from './view-progress.js';

const CONNECTION = { live: 'Live', reconnecting: 'Reconnecting…', locked: 'Session ended', connecting: 'Connecting…' };
const DISMISSED = 'belay-dismissed';
const CHAIN = 'belay-chain';
const PATIENCE = 2000;

/**
 * The update page of one host as an element of its own: it brings its style, talks to the agent that served it, and
 * depends on nothing around it.
 */
class BelayUpdate extends HTMLElement {
  #status = null;
  #plan = null;
  #comparing = false;
  #planFor = null;
  #history = [];
  #historyFor = undefined;
  #progress = NOTHING;
  #failure = null;
  #checking = false;
  #starting = false;
  #connection = 'connecting';
  #lostAt = null;
  #parts = {};
  #stop = null;
  #ticker = 0;

  connectedCallback() {
    if (!this.shadowRoot) this.#build();
    this.#stop = follow({
      onLog: (event) => {
        this.#progress = reduce(this.#progress, event);
        this.#render();
      },
      onStatus: (status) => this.#heard(status),
      onConnection: (connection) => {
        this.#connection = connection;
        this.#lostAt = connection === 'reconnecting' ? (this.#lostAt ?? Date.now()) : null;
        this.#render();
      },
    });
    this.#ticker = setInterval(() => this.#render(), 1000);
  }

  disconnectedCallback() {
    this.#stop?.();
    clearInterval(this.#ticker);
  }

  #build() {
    const part = this.#parts;
    part.product = h('h1', null, 'Updates');
    part.host = h('p', { class: 'quiet small' });
    part.connection = h('span', { class: 'connection', role: 'status' });
    part.result = h('div');
    part.failure = h('div');
    part.notices = h('div');
    part.overview = h('section', { class: 'card overview', id: 'overview' });
    part.progress = progressPanel();
    part.plan = h('div', { class: 'plan' });
    part.history = h('div');
    part.confirm = h('dialog', { 'aria-labelledby': 'confirm-title' });
    part.main = h('main', null,
      part.failure, part.result, part.notices, part.progress.root, part.overview, part.plan,
      h('section', { class: 'card' }, h('h3', null, 'History'), part.history));
    part.main.hidden = true;
    this.attachShadow({ mode: 'open' }).append(
      h('link', { rel: 'stylesheet', href: '/page/style.css' }),
      h('div', { class: 'page' },
        h('header', null, h('img', { src: '/icon.svg', alt: '', width: 44, height: 44 }),
          h('div', { class: 'who' }, part.product, part.host), part.connection),
        part.main),
      part.confirm);
  }

  #heard(status) {
    this.#status = status;
    const last = status.now.last?.transaction ?? null;
    if (last !== this.#historyFor) {
      this.#historyFor = last;
      api.history().then((entries) => {
        this.#history = entries;
        this.#render();
      }, () => { this.#historyFor = undefined; });
    }
    if (!this.#running()) this.#loadPlan();
    this.#render();
  }

  #loadPlan() {
    const { installed, available, rejected } = this.#status.now;
    const wanted = available ? JSON.stringify([installed, available, rejected.length]) : null;
    if (wanted === this.#planFor) return;
    this.#planFor = wanted;
    this.#plan = null;
    if (!wanted) return;
    api.plan().then(
      (plan) => { if (this.#planFor === wanted) this.#plan = plan; },
      (failure) => { if (this.#planFor === wanted) this.#plan = failure; },
    ).finally(() => this.#render());
  }

  #running() {
    const { now, agent, attempt } = this.#status;
    return this.#starting || Boolean(attempt?.running) || now.state === 'updating' || now.state === 'interrupted'
      || agent.state === 'updating' || agent.state === 'recovering';
  }

  async #compare() {
    const wanted = this.#planFor;
    this.#comparing = true;
    this.#failure = null;
    this.#render();
    try {
      const plan = await api.comparedPlan();
      if (this.#planFor === wanted) this.#plan = plan;
    } catch (failure) {
      this.#failure = { title: 'The configuration was not compared', ...failure };
    }
    this.#comparing = false;
    this.#render();
  }

  async #check() {
    this.#checking = true;
    this.#failure = null;
    this.#render();
    try {
      await api.check();
      this.#planFor = undefined;
    } catch (failure) {
      this.#failure = { title: 'The check failed', ...failure };
    }
    this.#checking = false;
    this.#render();
  }

  #confirm() {
    const { chain } = this.#plan;
    const to = chain.hops.at(-1).to;
    const dialog = this.#parts.confirm;
    dialog.replaceChildren(
      h('h2', { id: 'confirm-title' }, `Update ${this.#status.now.product} to ${to}?`),
      h('p', null, `${count(chain.hops.length, 'hop')}, about ${duration(chain.forecast.seconds)}. `
        + `The product is stopped for about ${duration(chain.forecast.downtimeSeconds)} of it.`),
      h('p', null, 'Files, configuration and databases are backed up and the backup is proven before anything is '
        + 'replaced. If a hop fails, the version before it is put back by itself.'),
      h('form', { method: 'dialog', class: 'actions' },
        h('button', { class: 'primary', id: 'confirm', type: 'button', onclick: () => { dialog.close(); this.#update(to); } }, 'Update now'),
        h('button', { class: 'plain', id: 'cancel' }, 'Not now')));
    dialog.showModal();
  }

  async #update(to) {
    sessionStorage.setItem(CHAIN, JSON.stringify(this.#plan.chain.hops.map((hop) => hop.to)));
    this.#failure = null;
    this.#starting = true;
    this.#progress = { ...NOTHING, message: 'Starting…' };
    this.#render();
    this.#parts.progress.focus();
    try {
      await api.update(to);
    } catch (failure) {
      this.#failure = { title: 'The update was not started', ...failure };
    }
    this.#starting = false;
    this.#render();
  }

  #render() {
    const part = this.#parts;
    part.connection.className = `connection ${this.#connection}`;
    if (part.connection.textContent !== CONNECTION[this.#connection]) part.connection.textContent = CONNECTION[this.#connection];
    const failure = this.#trouble() ?? this.#failure;
    show(part.failure, failure, () => failure && notice(failure.tone ?? 'bad', failure.title, failure));
    if (!this.#status) return;
    const status = this.#status;
    part.main.hidden = false;
    part.product.textContent = status.now.product;
    part.host.textContent = `Updates on ${status.host}`;
    const running = this.#running();
    part.overview.hidden = running;
    part.plan.hidden = running;
    part.progress.root.hidden = !running;
    const shownVersion = this.#renderResult(running);
    show(part.notices, [running, shownVersion, status.agent, status.now.rejected], () => (running ? [] : notices(status, shownVersion)));
    show(part.history, this.#history, () => historyView(this.#history));
    if (running) {
      this.#renderProgress();
      return;
    }
    document.title = status.now.available ? `Update ready: ${status.now.product}` : `Updates: ${status.now.product}`;
    const minute = Math.floor(Date.now() / 60_000);
    show(part.overview, [status.now, status.check?.failure, this.#plan, this.#checking, this.#connection === 'live', minute], () => overview(status, this.#plan, {
      checking: this.#checking,
      connected: this.#connection === 'live',
      check: () => this.#check(),
      update: () => this.#confirm(),
    }));
    show(part.plan, [this.#planFor, this.#plan, this.#comparing, this.#connection === 'live'], () => this.#planParts());
  }

  /** What is wrong with the connection, once it is more than the blink of a restart. */
  #trouble() {
    if (this.#connection === 'locked') {
      return { title: 'The session has ended', message: 'This page needs a new link.', help: 'Run `supervisor open` on the host.' };
    }
    if (this.#lostAt === null || Date.now() - this.#lostAt < PATIENCE) return null;
    return {
      tone: 'warning',
      title: 'The agent does not answer',
      message: 'What is shown here is how things were before. A running update goes on without this page.',
      help: 'The page connects again by itself. If it does not, look whether the agent runs: supervisor agent',
    };
  }

  #planParts() {
    if (!this.#planFor) return [];
    if (this.#plan === null) return planPending();
    if (this.#plan.kind === 'ready') {
      return planView(this.#plan, {
        comparing: this.#comparing, connected: this.#connection === 'live', compare: () => this.#compare(),
      });
    }
    if (this.#plan.kind === 'nothing-to-do') return [];
    return notice('warning', 'There is no way to it now', this.#plan);
  }

  #renderProgress() {
    const status = this.#status;
    const stale = this.#progress.phase === 'ended';
    const model = stale ? { ...NOTHING, message: status.agent.message } : this.#progress;
    const chain = JSON.parse(sessionStorage.getItem(CHAIN) ?? 'null') ?? status.check?.result?.chain ?? [];
    const to = status.attempt?.running ? (status.attempt.to ?? chain.at(-1)) : chain.at(-1);
    this.#parts.progress.render(model, chain, to);
    document.title = `${Math.round(fraction(model, chain.length) * 100)} %: updating ${status.now.product}`;
  }

  /** Shows how the last run ended, unless that was put away. Returns the version it was to reach, or null. */
  #renderResult(running) {
    const { last } = this.#status.now;
    const attempt = this.#status.attempt;
    // an update that was refused or could not begin leaves no run behind, only this
    const refused = attempt?.kind && attempt.kind !== 'updated' && !(last && Date.parse(last.at) >= Date.parse(attempt.begun))
      ? { transaction: attempt.begun, outcome: 'failed', to: attempt.to ?? 'the newest release', from: '', message: attempt.message }
      : null;
    const shown = refused ?? last;
    const dismissed = shown && localStorage.getItem(DISMISSED) === shown.transaction;
    const visible = shown && !running && !dismissed && (!good(shown.outcome) || recent(shown));
    const help = attempt?.message === shown?.message ? attempt?.help : null;
    show(this.#parts.result, [visible, shown, help], () => visible && resultView(shown, {
      help,
      dismiss: () => {
        localStorage.setItem(DISMISSED, shown.transaction);
        this.#render();
      },
    }));
    return visible ? shown.to : null;
  }
}

/** A success is news for a quarter of an hour; then it is history. */
function recent({ at }) {
  return Date.now() - Date.parse(at) < 15 * 60_000;
}

customElements.define('belay-update', BelayUpdate);
