// The agent's HTTP interface. A failure is thrown as {kind, message, help}.

import { proof } from './session.js';

/** Reads the agent's JSON: its kebab-case names become the names of this language, here and nowhere else. */
export function parse(text) {
  return JSON.parse(text, function (name, value) {
    const camel = name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
    if (camel === name) return value;
    this[camel] = value;
    return undefined;
  });
}

async function ask(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: { ...proof(), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw {
      kind: 'agent-unreachable',
      message: 'The agent on this host does not answer.',
      help: 'This page connects again by itself. If it does not, look whether `supervisor agent` runs.',
    };
  }
  const answer = await response.text().then(parse).catch(() => null);
  if (response.ok) return answer;
  throw answer ?? { kind: 'http-error', message: `The agent answered ${response.status}.`, help: 'Reload the page.' };
}

export const status = () => ask('GET', '/api/status');
export const plan = () => ask('GET', '/api/plan');
export const comparedPlan = () => ask('GET', '/api/plan?compare=true');
export const history = () => ask('GET', '/api/history');
export const check = () => ask('POST', '/api/check');
export const update = (to) => ask('POST', '/api/update', to ? { to } : {});
