// Wires the page: address bar -> state -> requests -> drawing, and user actions back into the address bar.

import * as api from './api.js';
import { byId, h } from './dom.js';
import * as events from './events.js';
import { chips, facetRequests, Facets, requestFor } from './facets.js';
import { ProductSheet } from './product.js';
import { startRows } from './recommend.js';
import { cutoffText, emptyResult, failure, hitRow, notices, skeleton, totalText } from './results.js';
import { Schema } from './schema.js';
import { activeCount, activeFields, emptyState, filterOf, fromAddress, toAddress } from './state.js';
import { count, setCurrency } from './text.js';
import { allowImages } from './tile.js';

const PAGE_SIZE = 24;
const MOST_HITS = 1200;
const TYPING_PAUSE_MS = 120;
const LARGEST_REQUEST = 240;

const input = byId('q');
const hitList = byId('hits');
const drawer = byId('filters');
const narrow = matchMedia('(max-width: 900px)');

let state = fromAddress(location.search);
let names = [];
let schema = new Schema();
let catalogInfo = null;
let loadedCatalog = '';
let calls = null;
let shown = { hits: [], read: 0, response: null };
let timer = 0;

const act = {
  setTerms(field, values) {
    const terms = { ...state.terms };
    if (values.length > 0) terms[field] = values;
    else delete terms[field];
    go({ terms, page: 1, product: '' });
  },
  setRange(field, { from, to, below = false }) {
    const before = state.ranges[field];
    if ((before?.from ?? null) === from && (before?.to ?? null) === to && (before?.below ?? false) === below) return;
    const ranges = { ...state.ranges };
    if (from === null && to === null) delete ranges[field];
    else ranges[field] = from !== null && to !== null && from > to ? { from: to, to: from } : { from, to, below };
    go({ ranges, page: 1, product: '' });
  },
  clearFilters: () => go({ terms: {}, ranges: {}, page: 1 }),
  clearQuery: () => go({ ...emptyState(state.catalog) }),
  redraw: () => drawFacets(),
  address: (id) => toAddress({ ...state, product: id }),
  /** A plain click opens the product here; with a modifier key the browser opens the address in a new tab. */
  follow(event, id, from) {
    events.click(state.catalog, id, from);
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go({ product: id });
  },
  close: () => go({ product: '' }),
  /** The same search once more for one place, with the reasons. */
  async explain(position, hit) {
    const answer = await api.search(state.catalog, { ...searchBody(), facets: [], explain: true, offset: position, limit: 1, analytics: false });
    const found = answer.hits.find((other) => other.id === hit.id);
    if (!found) throw new Error('the catalogue has changed since this list was made. Search again.');
    return found;
  },
};

const facets = new Facets(byId('facets'), act);
const sheet = new ProductSheet(act);

/** Changes the search; the change is an entry in the history, consecutive typing is one entry. */
function go(change, { typing = false } = {}) {
  const onlyProduct = Object.keys(change).length === 1 && 'product' in change;
  state = { ...state, ...change };
  const entry = { typing };
  if (typing && history.state?.typing) history.replaceState(entry, '', toAddress(state));
  else history.pushState(entry, '', toAddress(state));
  if (!onlyProduct) scrollTo(0, 0);
  show(onlyProduct);
}

/** Makes the page agree with the state. */
async function show(onlyProduct = false) {
  if (document.activeElement !== input || !history.state?.typing) input.value = state.q;
  if (state.product) sheet.show(state.catalog, state.product, schema);
  else sheet.hide();
  document.title = state.q ? `${state.q} · Vitrine` : 'Vitrine';
  if (onlyProduct && shown.response) return;
  await load();
}

function searchBody() {
  return {
    q: state.q,
    filter: filterOf(state, schema),
    sort: state.sort ? [state.sort] : undefined,
    fields: schema.cardFields(),
    highlight: state.q !== '',
    ...events.visitor,
  };
}

/** The hits of an answer, each with what a click on it tells. */
const shownBy = (response, offset) => response.hits.map((hit, i) => ({ ...hit, from: { queryId: response.queryId, position: offset + i + 1, listId: state.q ? 'search' : 'browse' } }));

async function load() {
  clearTimeout(timer);
  calls?.abort();
  calls = new AbortController();
  const { signal } = calls;
  const wanted = Math.min(state.page * PAGE_SIZE, MOST_HITS);
  setBusy(true);
  drawControls();
  try {
    const body = searchBody();
    const active = activeFields(state);
    // A field's own choice must not hide its other values: each active field is counted without itself.
    const [response, ...others] = await Promise.all([
      api.search(state.catalog, { ...body, facets: facetRequests(schema), limit: Math.min(wanted, LARGEST_REQUEST), offset: 0 }, signal),
      ...active.map((field) => api.search(state.catalog, { q: state.q, filter: filterOf(state, schema, field), facets: [requestFor(field, schema)], limit: 0, analytics: false }, signal)),
    ]);
    const hits = shownBy(response, 0);
    while (hits.length < Math.min(wanted, response.total) && hits.length % LARGEST_REQUEST === 0 && hits.length > 0) {
      const next = await api.search(state.catalog, { ...body, offset: hits.length, limit: Math.min(LARGEST_REQUEST, wanted - hits.length) }, signal);
      if (next.hits.length === 0) break;
      hits.push(...shownBy(next, hits.length));
    }
    const counted = { ...response.facets };
    active.forEach((field, i) => {
      const facet = others[i].facets?.[field];
      if (facet) counted[field] = { ...facet, total: others[i].total };
    });
    shown = { hits, read: hits.length, response: { ...response, facets: counted } };
    drawResults();
  } catch (error) {
    if (error.name === 'AbortError') return;
    shown = { hits: [], read: 0, response: null };
    byId('total').textContent = '';
    byId('took').textContent = '';
    byId('notice').replaceChildren();
    byId('rows').replaceChildren();
    byId('after').replaceChildren();
    hitList.replaceChildren(failure(error, () => start()));
  }
  if (calls.signal === signal) setBusy(false);
}

async function loadMore(button) {
  button.disabled = true;
  const firstNew = shown.hits.length;
  const { signal } = calls;
  try {
    const next = await api.search(state.catalog, { ...searchBody(), offset: shown.read, limit: PAGE_SIZE }, signal);
    state = { ...state, page: state.page + 1 };
    history.replaceState({ typing: false }, '', toAddress(state));
    const known = new Set(shown.hits.map((hit) => hit.id));
    shown.hits.push(...shownBy(next, shown.read).filter((hit) => !known.has(hit.id)));
    // What was read before may have moved down meanwhile: it is passed over, and the next page begins behind it.
    shown.read = next.hits.length > 0 ? shown.read + next.hits.length : shown.response.total;
    hitList.append(...shown.hits.slice(firstNew).map((hit, i) => hitRow(hit, firstNew + i, schema, act)));
    drawAfter();
    hitList.children[firstNew]?.querySelector('a')?.focus({ preventScroll: true });
  } catch (error) {
    if (error.name === 'AbortError') return;
    button.disabled = false;
    byId('after').append(h('p', { class: 'muted', role: 'alert' }, error.message));
  }
}

function drawResults() {
  const { hits, response } = shown;
  byId('total').textContent = totalText(response, state);
  byId('took').textContent = `${count(response.tookMs)} ms`;
  byId('notice').replaceChildren(...notices(response, catalogInfo));
  drawRows();
  if (hits.length === 0) hitList.replaceChildren(emptyResult(state, activeCount(state) > 0, act));
  else hitList.replaceChildren(...hits.map((hit, i) => hitRow(hit, i, schema, act)));
  byId('filters-done').textContent = response.total === 1 ? 'Show 1 product' : `Show ${count(response.total)} products`;
  drawAfter();
  drawFacets();
}

/** The start page offers what other people's events speak for; a search shows its hits alone. */
function drawRows() {
  const rows = byId('rows');
  const isStart = state.q === '' && activeCount(state) === 0 && !state.sort;
  if (!isStart) rows.replaceChildren();
  else startRows(rows, { catalog: state.catalog, schema, act, signal: calls.signal });
}

function drawAfter() {
  const { hits, response } = shown;
  const left = response.total - shown.read;
  const parts = [];
  if (left > 0 && hits.length > 0 && shown.read < MOST_HITS) {
    const more = h('button', { type: 'button', class: 'button wide', dataset: { testid: 'load-more' }, onclick: () => loadMore(more) }, `Show ${Math.min(PAGE_SIZE, left)} more`);
    parts.push(h('p', { class: 'muted small' }, `${count(hits.length)} of ${count(response.total)}`), more);
  }
  byId('after').replaceChildren(...parts, ...[cutoffText(response)].filter(Boolean));
}

function drawFacets() {
  if (shown.response) facets.render(shown.response, state, schema);
}

function drawControls() {
  const choices = schema.sortChoices();
  if (state.sort && !choices.some(([value]) => value === state.sort)) choices.push([state.sort, state.sort]);
  byId('sort').replaceChildren(...choices.map(([value, text]) => h('option', { value, selected: value === state.sort }, text)));
  byId('chips').replaceChildren(...chips(state, schema, act));
  const n = activeCount(state);
  byId('filters-count').textContent = n > 0 ? ` (${n})` : '';
}

function setBusy(busy) {
  byId('progress').classList.toggle('on', busy);
  hitList.setAttribute('aria-busy', String(busy));
}

/** The filters are a column on a wide screen and a drawer on a narrow one. */
function openDrawer(open) {
  if (open === document.body.classList.contains('drawer-open')) return;
  document.body.classList.toggle('drawer-open', open);
  byId('filters-open').setAttribute('aria-expanded', String(open));
  byId('results').inert = open;
  document.querySelector('.bar').inert = open;
  (open ? byId('filters-close') : byId('filters-open')).focus();
}

function listen() {
  byId('search-form').addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(timer);
    go({ q: input.value.trim(), page: 1, product: '' });
    if (narrow.matches) input.blur();
  });
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (input.value.trim() !== state.q) go({ q: input.value.trim(), page: 1, product: '' }, { typing: true });
    }, TYPING_PAUSE_MS);
  });
  byId('sort').addEventListener('change', (event) => go({ sort: event.target.value, page: 1 }));
  byId('catalog').addEventListener('change', async (event) => {
    state = emptyState(event.target.value);
    history.pushState({}, '', toAddress(state));
    await start();
  });
  document.querySelector('.brand').addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(emptyState(state.catalog));
    scrollTo(0, 0);
  });
  byId('filters-open').addEventListener('click', () => openDrawer(true));
  for (const id of ['filters-close', 'filters-done', 'backdrop']) byId(id).addEventListener('click', () => openDrawer(false));
  narrow.addEventListener('change', () => openDrawer(false));
  addEventListener('popstate', () => {
    const before = state;
    state = fromAddress(location.search);
    state.catalog ||= names[0] ?? '';
    input.value = state.q;
    if (state.catalog !== before.catalog) start();
    else show(toAddress({ ...before, product: '' }) === toAddress({ ...state, product: '' }));
  });
  document.addEventListener('keydown', keys);
}

function keys(event) {
  const editing = event.target.matches?.('input, select, textarea');
  if (event.key === '/' && !editing && !event.ctrlKey && !event.metaKey && !state.product) {
    event.preventDefault();
    openDrawer(false);
    input.focus();
    input.select();
  } else if (event.key === 'Escape' && !state.product) {
    if (document.body.classList.contains('drawer-open')) openDrawer(false);
    else event.target.closest?.('.hit')?.querySelector('.why[aria-expanded="true"]')?.click();
  } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !state.product) {
    const links = [...hitList.querySelectorAll('.hit-title a')];
    const at = links.indexOf(event.target);
    if (at < 0 && !(event.target === input && event.key === 'ArrowDown')) return;
    event.preventDefault();
    const next = event.target === input ? 0 : at + (event.key === 'ArrowDown' ? 1 : -1);
    (next < 0 ? input : links[next])?.focus();
  }
}

/** Learns what there is to search, then shows what the address asks for. */
async function start() {
  // An answer for the catalogue that was left must not be drawn under the chosen one.
  calls?.abort();
  let wanted = state.catalog;
  try {
    hitList.replaceChildren(...skeleton());
    setBusy(true);
    names = await api.catalogs();
    if (names.length === 0) {
      byId('total').textContent = '';
      hitList.replaceChildren(h('li', { class: 'blank', dataset: { testid: 'empty' } }, h('h2', {}, 'No catalogue yet'),
        h('p', {}, 'Import one: ', h('code', {}, './vitrine import FILE --catalog NAME --create'), ', then load this page again.')));
      setBusy(false);
      return;
    }
    state.catalog ||= names[0];
    wanted = state.catalog;
    byId('catalog').replaceChildren(...[...new Set([...names, state.catalog])].map((name) => h('option', { value: name, selected: name === state.catalog }, name)));
    if (loadedCatalog !== wanted || !catalogInfo) {
      const info = await api.catalog(wanted);
      // Another catalogue was chosen meanwhile, and has a start of its own.
      if (wanted !== state.catalog) return;
      catalogInfo = info;
      schema = new Schema(info.schema ?? info);
      loadedCatalog = wanted;
      setCurrency(config.currencies?.[wanted] ?? config.currency);
    }
    await show();
  } catch (error) {
    if (wanted !== state.catalog) return;
    setBusy(false);
    byId('facets').replaceChildren();
    hitList.replaceChildren(failure(error, () => start()));
  }
}

const config = await api.config();
allowImages(config.images === true);
listen();
await start();
