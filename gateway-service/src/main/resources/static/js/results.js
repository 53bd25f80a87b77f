// The result list: rows, the panel that says why a row is there, and the states without rows.

import { h, icon, ICONS } from './dom.js';
import { count, display, first, lastOfPath, plain, plainSegment, plural, price } from './text.js';
import { tile } from './tile.js';

const LEGS = { text: 'words', semantic: 'meaning', identifier: 'exact code' };

/** One row; `act` has address(id), follow(event, id, from) and explain(position, id). */
export function hitRow(hit, position, schema, act) {
  const fields = hit.fields ?? {};
  const brand = fields[schema.role('brand')?.name];
  const category = first(fields[schema.role('category')?.name]);
  const amount = fields[schema.role('price')?.name];
  const description = schema.role('description');
  const why = h('button', { type: 'button', class: 'why', 'aria-expanded': 'false', dataset: { testid: 'explain-toggle' } }, icon(ICONS.info), 'Why is this here?');
  const row = h('li', { class: 'hit', dataset: { testid: 'hit', id: hit.id } },
    tile(fields, schema),
    h('div', { class: 'hit-main' },
      h('p', { class: 'eyebrow' }, brand && h('span', { class: 'hit-brand' }, display(brand)), category && h('span', {}, lastOfPath(String(category)))),
      h('h3', { class: 'hit-title' }, h('a', { href: act.address(hit.id), dataset: { testid: 'hit-title' }, onclick: (event) => act.follow(event, hit.id, hit.from) }, titleOf(hit, schema))),
      description && saysMore(fields[description.name], fields[schema.titleField()?.name]) && h('p', { class: 'hit-text' }, marked(hit.highlight?.[description.name], fields[description.name])),
      h('div', { class: 'hit-foot' }, why, (hit.matchedBy ?? []).map((leg) => h('span', { class: `leg leg-${leg}` }, LEGS[leg] ?? leg)))),
    h('div', { class: 'hit-price' }, amount !== undefined && amount !== null ? price(amount) : null));
  why.addEventListener('click', () => toggleExplanation(row, why, hit, position, schema, act));
  return row;
}

/** Many descriptions only repeat the title. */
function saysMore(description, title) {
  if (!description) return false;
  const words = (text) => plain(String(first(text) ?? '')).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return !words(title).includes(words(description));
}

export function titleOf(hit, schema) {
  const name = schema.titleField()?.name;
  return marked(hit.highlight?.[name], hit.fields?.[name] ?? hit.id, true);
}

/** Highlight pieces as text with marks; a piece of a text never replaces a title that it does not cover. */
function marked(segments, value, whole = false) {
  const text = plain(String(first(value)));
  if (!segments || segments.length === 0) return text;
  const length = segments.reduce((n, s) => n + s.text.length, 0);
  if (whole && length < text.length * 0.9) return text;
  return segments.map((s) => (s.match ? h('mark', {}, plainSegment(s.text)) : plainSegment(s.text)));
}

async function toggleExplanation(row, button, hit, position, schema, act) {
  const open = row.querySelector('.explain');
  if (open) {
    open.remove();
    button.setAttribute('aria-expanded', 'false');
    return;
  }
  const panel = h('div', { class: 'explain', dataset: { testid: 'explanation' } }, h('p', { class: 'muted' }, 'Asking…'));
  row.append(panel);
  button.setAttribute('aria-expanded', 'true');
  try {
    panel.replaceChildren(...explanation(await act.explain(position, hit), schema));
  } catch (error) {
    panel.replaceChildren(h('p', { class: 'muted' }, `No explanation: ${error.message}`));
  }
}

function explanation(hit, schema) {
  const e = hit.explanation ?? {};
  const legs = hit.matchedBy ?? [];
  const parts = [h('p', { class: 'explain-lead' }, sentence(e, legs, schema))];
  const rows = [];
  const bar = (name, value, note) => rows.push(h('dt', {}, name), h('dd', {},
    h('span', { class: 'meter', vars: { '--part': String(Math.min(1, Math.max(0, value))) } }, h('span', {})), h('b', {}, value.toFixed(2)), note && h('span', { class: 'muted' }, note)));
  if (typeof hit.relevance === 'number' && legs.length > 0) bar('Relevance', hit.relevance, 'how sure we are that it fits');
  if (e.bm25 !== undefined && typeof e.text === 'number') bar('Words', e.text, `of the best text match; BM25 ${e.bm25.toFixed(2)}`);
  if (typeof e.cosine === 'number') bar('Meaning', e.cosine, 'cosine of query and product');
  if (rows.length > 0) parts.push(h('dl', { class: 'meters' }, rows));
  if (e.terms?.length > 0) parts.push(h('p', { class: 'terms' }, h('span', { class: 'muted' }, 'Matched words, as indexed: '), e.terms.map((t) => h('code', {}, t))));
  if (typeof e.logOdds === 'number') parts.push(h('p', { class: 'muted small' }, `Log-odds of the scoring head ${e.logOdds.toFixed(2)}, score ${Number(hit.score).toFixed(3)}.`));
  return parts;
}

function sentence(e, legs, schema) {
  if (e.identifierField) return `Your query is exactly this product’s code (${e.identifierField}), so it stands at the top.`;
  if (legs.includes('text') && legs.includes('semantic')) return 'Found by its words and by its meaning.';
  if (legs.includes('text')) return 'Found by its words.';
  if (legs.includes('semantic')) return 'Found by its meaning: it fits the query without sharing its words.';
  return 'No query was given: every product that passes the filters is listed.';
}

export function totalText(response, state) {
  const products = plural(response.total, 'product', 'products');
  return `${response.totalRelation === 'atLeast' ? 'At least ' : ''}${products}${state.q ? ` for “${state.q}”` : ''}`;
}

/** What the reader should know about this answer; nothing when it is complete. */
export function notices(response, catalogInfo) {
  const list = [];
  const missing = response.partial ?? [];
  if (missing.some((part) => part.startsWith('embedding') || part.startsWith('semantic'))) list.push('Semantic search is not available right now: these are text matches only.');
  const others = missing.filter((part) => !part.startsWith('embedding') && !part.startsWith('semantic'));
  if (others.length > 0) list.push(`This answer is incomplete; missing: ${others.join(', ')}.`);
  const status = catalogInfo?.status ?? catalogInfo ?? {};
  if (status.semanticPending > 0) list.push(`The catalogue is still being read: ${plural(status.semanticPending, 'product is', 'products are')} found by words only so far.`);
  return list.map((text) => h('p', { class: 'notice', role: 'status', dataset: { testid: 'notice' } }, icon(ICONS.info), text));
}

export function cutoffText(response) {
  const dropped = response.cutoff?.dropped ?? 0;
  return dropped > 0 ? h('p', { class: 'muted small' }, `${plural(dropped, 'weaker candidate', 'weaker candidates')} left out as not relevant enough.`) : null;
}

export function skeleton(rows = 6) {
  return Array.from({ length: rows }, () => h('li', { class: 'hit skeleton', 'aria-hidden': 'true' }, h('div', { class: 'tile' }),
    h('div', { class: 'hit-main' }, h('span', { class: 'line w20' }), h('span', { class: 'line w80' }), h('span', { class: 'line w60' })), h('div', { class: 'hit-price' })));
}

export function emptyResult(state, hasFilters, act) {
  const advice = hasFilters ? 'No product passes all the filters.' : 'Try fewer or more general words, or a whole model number.';
  return h('li', { class: 'blank', dataset: { testid: 'empty' } },
    h('h2', {}, state.q ? `Nothing fits “${state.q}”` : 'Nothing here'), h('p', {}, advice),
    h('p', { class: 'blank-actions' }, hasFilters && h('button', { type: 'button', class: 'button primary', onclick: act.clearFilters }, 'Clear the filters'),
      state.q && h('button', { type: 'button', class: 'button', onclick: act.clearQuery }, 'Browse everything')));
}

export function failure(error, retry) {
  const details = [error.code, error.traceId && `trace ${error.traceId}`].filter(Boolean).join(' · ');
  return h('li', { class: 'blank', role: 'alert', dataset: { testid: 'error' } },
    h('h2', {}, error.status === 404 ? 'Not found' : error.status && error.status < 500 ? 'That search does not work' : 'The search did not answer'),
    h('p', {}, error.message), details && h('p', { class: 'muted small' }, details),
    h('p', { class: 'blank-actions' }, h('button', { type: 'button', class: 'button primary', onclick: retry }, 'Try again')));
}
