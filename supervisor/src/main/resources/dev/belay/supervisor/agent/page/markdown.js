import { h } from './dom.js';

// Release notes come from the vendor and are shown to an administrator: they become nodes made here, never HTML. What
// is not understood is shown as the text that it is.

const LONGEST = 64 * 1024;

/** Renders headings, paragraphs, lists, quotes, code, emphasis and http(s) links. Returns a list of nodes. */
export function markdown(text) {
  const lines = text.slice(0, LONGEST).replaceAll('\r\n', '\n').split('\n');
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    const taken = fence(lines, at) ?? heading(lines, at) ?? rule(lines, at) ?? list(lines, at) ?? quote(lines, at)
      ?? paragraph(lines, at);
    if (taken.node) nodes.push(taken.node);
    at = taken.next;
  }
  return nodes;
}

function fence(lines, at) {
  if (!lines[at].startsWith('```')) return null;
  let end = at + 1;
  while (end < lines.length && !lines[end].startsWith('```')) end++;
  return { node: h('pre', null, h('code', null, lines.slice(at + 1, end).join('\n'))), next: end + 1 };
}

function heading(lines, at) {
  const match = /^(#{1,6})\s+(.*?)\s*#*$/.exec(lines[at]);
  // the page's own headings stand above: notes begin at level 4
  return match && { node: h(`h${Math.min(6, match[1].length + 3)}`, null, inline(match[2])), next: at + 1 };
}

function rule(lines, at) {
  return /^\s*([-*_])(\s*\1){2,}\s*$/.test(lines[at]) ? { node: h('hr'), next: at + 1 } : null;
}

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;

function list(lines, at) {
  const first = ITEM.exec(lines[at]);
  if (!first) return null;
  const indent = first[1].length;
  const element = h(/\d/.test(first[2]) ? 'ol' : 'ul');
  let next = at;
  while (next < lines.length) {
    const item = ITEM.exec(lines[next]);
    if (item && item[1].length > indent + 1 && indent < 12 && element.lastChild) {
      const inner = list(lines, next);
      element.lastChild.append(inner.node);
      next = inner.next;
    } else if (item && item[1].length >= indent) {
      element.append(h('li', null, inline(item[3])));
      next++;
    } else if (!item && lines[next].trim() !== '' && /^\s+/.test(lines[next])) {
      element.lastChild.append(' ', ...inline(lines[next].trim()));
      next++;
    } else {
      break;
    }
  }
  return { node: element, next };
}

function quote(lines, at) {
  if (!lines[at].startsWith('>')) return null;
  let end = at;
  while (end < lines.length && lines[end].startsWith('>')) end++;
  const text = lines.slice(at, end).map((line) => line.replace(/^>\s?/, '')).join(' ');
  return { node: h('blockquote', null, inline(text)), next: end };
}

function paragraph(lines, at) {
  if (lines[at].trim() === '') return { next: at + 1 };
  let end = at + 1;
  while (end < lines.length && lines[end].trim() !== '' && !/^(#{1,6}\s|```|>|\s*([-*+]|\d+[.)])\s)/.test(lines[end])) end++;
  return { node: h('p', null, inline(lines.slice(at, end).join(' '))), next: end };
}

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]*)\]\(([^()\s]*)\)/;

function inline(text) {
  const match = INLINE.exec(text);
  if (!match) return text === '' ? [] : [text];
  const [all, code, strong, emphasis, label, target] = match;
  const before = text.slice(0, match.index);
  const node = code !== undefined ? h('code', null, code)
    : strong !== undefined ? h('strong', null, strong)
    : emphasis !== undefined ? h('em', null, emphasis)
    : link(all, label, target);
  return [before, node, ...inline(text.slice(match.index + all.length))];
}

function link(all, label, target) {
  let url;
  try {
    url = new URL(target);
  } catch {
    return all;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return all;
  return h('a', { href: url.href, rel: 'noopener noreferrer', target: '_blank' }, label || url.href);
}
