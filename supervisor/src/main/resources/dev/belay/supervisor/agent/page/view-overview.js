import { h, icon } from './dom.js';
import { ago, date } from './format.js';

/** The first thing one sees: which version is installed, which is offered, and one sentence about it. */
export function overview(status, plan, actions) {
  const { now, check } = status;
  const offered = now.available;
  return [
    h('div', { class: 'versions' },
      version('Installed', now.installed ?? 'nothing yet'),
      offered && h('span', { class: 'versions-arrow' }, icon('arrow')),
      offered && version('Available', offered, 'offered')),
    h('h2', null, headline(status)),
    h('p', { class: 'quiet' }, sentence(status, plan)),
    h('div', { class: 'actions' },
      offered && h('button', { class: 'primary', id: 'update', disabled: plan?.kind !== 'ready' || !actions.connected, onclick: actions.update },
        plan === null ? 'Preparing the plan…' : `Update to ${offered}`),
      h('button', { class: 'plain', id: 'check', disabled: actions.checking || !actions.connected, onclick: actions.check },
        actions.checking ? 'Looking…' : 'Check now'),
      h('span', { class: 'quiet small' },
        now.checkedAt ? `Last checked ${ago(now.checkedAt)}, channel ${now.channel}` : `Not checked yet, channel ${now.channel}`)),
    now.probationUntil && h('p', { class: 'quiet small' }, `${now.installed} is on probation until ${date(now.probationUntil)}.`),
    check?.failure && notice('warning', 'The last check failed', check.failure),
  ];
}

function version(label, text, kind = '') {
  return h('div', { class: `version ${kind}` }, h('span', { class: 'quiet small' }, label), h('span', { class: 'version-number' }, text));
}

function headline({ now, check }) {
  if (!now.installed) return `${now.product} is not installed yet`;
  if (now.available) return 'An update is ready';
  if (now.rejected.length > 0) return 'No update to offer now';
  const known = check?.result?.kind;
  return known && known !== 'up-to-date' && known !== 'update-available' ? 'No update for this host now' : `${now.product} is up to date`;
}

function sentence({ now, check }, plan) {
  if (!now.available && now.rejected.length > 0) {
    const versions = now.rejected.map((rejected) => rejected.version).join(', ');
    return `${now.installed} goes on running. Not offered again because it failed here: ${versions}.`;
  }
  if (!now.available) {
    const looked = check?.result;
    // what was found before an update is no news after it
    return looked?.installed === now.installed && !looked.available ? looked.message : 'There is nothing newer for this host.';
  }
  if (plan?.kind === 'ready') {
    const hops = plan.chain.hops;
    if (hops.length === 1) return `One hop from ${hops[0].from} to ${hops[0].to}. Your data and settings are backed up first.`;
    const over = hops.slice(0, -1).map((hop) => hop.to).join(', ');
    return `${hops.length} hops, by way of ${over}. Your data and settings are backed up before each.`;
  }
  return 'Your data and settings are backed up before anything changes.';
}

/** What a person should know besides: a product that does not run, releases that failed here. */
export function notices({ now, agent }, shownVersion) {
  const list = [];
  if (agent.state === 'holding' || agent.state === 'needs-attention') {
    list.push(notice('bad', agent.state === 'holding' ? 'The product keeps stopping' : 'A person must look', agent));
  } else if (agent.state === 'restarting') {
    list.push(notice('warning', 'The product is down', agent));
  }
  if (agent.state === 'resting') list.push(notice('warning', 'The product is stopped', agent));
  for (const rejected of now.rejected) {
    if (rejected.version === shownVersion) continue; // the result above it says so already
    list.push(notice('warning', `${rejected.version} failed on this host and is not offered again`, {
      message: rejected.reason,
      help: `A newer release will be offered as usual. To try this one again: supervisor update --to ${rejected.version} --retry-rejected ${rejected.version}`,
    }));
  }
  return list;
}

/** A failure or a warning with its message and what to do. */
export function notice(tone, title, { message, help }) {
  return h('div', { class: `notice ${tone}`, role: tone === 'bad' ? 'alert' : null },
    icon('attention'),
    h('div', null, h('strong', null, title), h('p', null, message), help && h('p', { class: 'small' }, help)));
}
