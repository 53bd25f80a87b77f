// The filter column: category tree, value lists, price with a histogram, numbers, attributes of the current result.

import { h, icon, ICONS } from './dom.js';
import { count, display, lastOfPath, price, title } from './text.js';
import { bound } from './state.js';

const SHOWN = 7;
const ATTRIBUTES = { keyword: 6, boolean: 2, number: 3 };

/** A search takes no more. */
const MOST_FACETS = 50;

/** Price steps that a shopper thinks in; each step is one bar. */
const STEPS = [0, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];
export const PRICE_RANGES = STEPS.map((from, i) => (i + 1 < STEPS.length ? { from, to: STEPS[i + 1] } : { from }));

/** What to ask for: the schema's own facets, those with a role first, and the best covered attributes below each pattern. */
export function facetRequests(schema) {
  return schema.facets()
    .sort((a, b) => Boolean(b.role) - Boolean(a.role))
    .slice(0, MOST_FACETS)
    .map((f) => (f.name.endsWith('*') ? { name: f.name, limit: 12 } : requestFor(f.name, schema)));
}

export function requestFor(name, schema) {
  const field = schema.governing(name);
  if (field?.role === 'price') return { name, ranges: PRICE_RANGES };
  return { name, limit: field?.type === 'category-path' ? 250 : 60 };
}

/** Draws all facets into `root`; `act` has setTerms(field, values) and setRange(field, range). */
export class Facets {
  #root;
  #act;
  #open = new Map();
  #expanded = new Set();

  constructor(root, act) {
    this.#root = root;
    this.#act = act;
  }

  render({ facets, total }, state, schema) {
    const focus = document.activeElement?.closest('#facets') ? document.activeElement.dataset.key : undefined;
    // A number being typed must not be replaced under the user's fingers.
    const typing = document.activeElement?.matches('#facets input[inputmode]') ? document.activeElement : null;
    const typed = typing && { value: typing.value, start: typing.selectionStart };
    const scroll = this.#root.scrollTop;
    const sections = [];
    for (const field of schema.facetFields()) {
      const section = this.#section(field, field.name, facets[field.name], total, state, schema, true);
      if (section) sections.push(section);
    }
    const attributes = this.#attributes(facets, total, state, schema);
    if (attributes.length > 0) sections.push(h('h3', { class: 'facet-group' }, 'Details'), ...attributes);
    if (sections.length === 0) sections.push(h('p', { class: 'muted' }, total === 0 ? 'No filters for an empty result.' : 'This catalogue has no filters.'));
    this.#root.replaceChildren(...sections);
    this.#root.scrollTop = scroll;
    if (focus) {
      const again = this.#root.querySelector(`[data-key="${CSS.escape(focus)}"]`);
      again?.focus({ preventScroll: true });
      if (again && typed) {
        again.value = typed.value;
        if (typed.start !== null) again.setSelectionRange(typed.start, typed.start);
      }
    }
  }

  #attributes(facets, total, state, schema) {
    const own = new Set(schema.facetFields().map((f) => f.name));
    const budget = { ...ATTRIBUTES };
    const candidates = Object.entries(facets)
      .filter(([name]) => !own.has(name))
      .map(([name, facet]) => ({ name, facet, field: schema.governing(name), active: name in state.terms || name in state.ranges, coverage: total - (facet.missing ?? 0) }))
      .filter((c) => c.field && (c.active || worthShowing(c, total)))
      .sort((a, b) => b.active - a.active || interest(b) - interest(a));
    const sections = [];
    let shown = 0;
    for (const c of candidates) {
      const kind = c.field.type in budget ? c.field.type : 'keyword';
      if (!c.active && budget[kind]-- <= 0) continue;
      const section = this.#section(c.field, c.name, c.facet, total, state, schema, c.active || shown < 2);
      if (section) {
        sections.push(section);
        shown++;
      }
    }
    return sections;
  }

  #section(field, name, facet, total, state, schema, openByDefault) {
    const active = (state.terms[name]?.length ?? 0) + (name in state.ranges ? 1 : 0);
    if (!facet && active === 0) return null;
    let body;
    if (field.type === 'category-path') body = this.#categories(name, facet, state);
    else if (field.type === 'number') body = this.#numbers(field, name, facet, state);
    else body = this.#values(field, name, facet, state);
    if (!body) return null;
    const open = active > 0 || (this.#open.get(name) ?? openByDefault);
    const details = h('details', { class: 'facet', open, dataset: { testid: `facet-${name}` } },
      h('summary', { dataset: { key: `s:${name}` } }, h('span', { class: 'facet-title' }, title(name, schema)), active > 0 && h('span', { class: 'badge' }, active), icon(ICONS.chevron)),
      h('div', { class: 'facet-body' }, body));
    details.querySelector('summary').addEventListener('click', () => this.#open.set(name, !details.open));
    return details;
  }

  #values(field, name, facet, state) {
    const chosen = state.terms[name] ?? [];
    const values = [...(facet?.values ?? [])];
    for (const value of chosen) if (!values.some((v) => v.value === value)) values.unshift({ value, count: 0 });
    if (values.length === 0) return null;
    const all = this.#expanded.has(name);
    const visible = all ? values : values.filter((v, i) => i < SHOWN || chosen.includes(v.value));
    const list = h('ul', { class: all ? 'values scroll' : 'values' }, visible.map(({ value, count: n }) => {
      const on = chosen.includes(value);
      const toggle = () => this.#act.setTerms(name, on ? chosen.filter((v) => v !== value) : [...chosen, value]);
      return h('li', {}, h('label', { class: n === 0 && !on ? 'value none' : 'value' },
        h('input', { type: 'checkbox', value, checked: on, onchange: toggle, dataset: { key: `v:${name}:${value}` } }),
        h('span', { class: 'value-name', title: display(value, field) }, display(value, field)),
        h('span', { class: 'value-count' }, count(n))));
    }));
    const hidden = values.length - visible.length;
    if (!all && hidden <= 0) return [list];
    const more = h('button', { type: 'button', class: 'link', dataset: { key: `m:${name}` }, onclick: () => {
      if (all) this.#expanded.delete(name);
      else this.#expanded.add(name);
      this.#act.redraw();
    } }, all ? 'Show fewer' : `Show ${hidden} more`);
    return [list, more];
  }

  /** One branch is open at a time: the roots, and below the chosen one its children. */
  #categories(name, facet, state) {
    const chosen = state.terms[name]?.[0];
    const values = (facet?.values ?? []).map(({ value, count: n }) => ({ path: value.split('>').map((p) => p.trim()), value, count: n }));
    if (chosen && !values.some((v) => v.value === chosen)) values.push({ path: chosen.split('>').map((p) => p.trim()), value: chosen, count: 0 });
    if (values.length === 0) return null;
    const open = chosen ? chosen.split('>').map((p) => p.trim()) : [];
    const below = (prefix) => values.filter((v) => v.path.length === prefix.length + 1 && prefix.every((p, i) => p === v.path[i]));
    const expanded = this.#expanded.has(name);
    const branch = (prefix) => {
      const children = below(prefix);
      const isOpenBranch = prefix.length < open.length;
      let shown = children;
      if (prefix.length === 0 && isOpenBranch) shown = children.filter((v) => v.path[0] === open[0]);
      else if (prefix.length === 0 && !expanded) shown = children.slice(0, SHOWN + 2);
      if (shown.length === 0) return null;
      return h('ul', { class: prefix.length === 0 ? 'tree' : 'tree branch' }, shown.map((v) => {
        const on = v.value === chosen;
        const onPath = open.length >= v.path.length && v.path.every((p, i) => p === open[i]);
        const up = v.path.length > 1 ? v.path.slice(0, -1).join(' > ') : undefined;
        return h('li', {},
          h('button', { type: 'button', class: on ? 'node on' : onPath ? 'node on-path' : 'node', 'aria-pressed': String(on), dataset: { key: `c:${v.value}`, value: v.value },
            onclick: () => this.#act.setTerms(name, on ? (up ? [up] : []) : [v.value]) },
          h('span', { class: 'value-name' }, v.path.at(-1)), h('span', { class: 'value-count' }, count(v.count))),
          onPath && branch(v.path));
      }));
    };
    const parts = [];
    if (open.length > 0) {
      parts.push(h('button', { type: 'button', class: 'link back', dataset: { key: `b:${name}` }, onclick: () => this.#act.setTerms(name, []) }, '‹ All categories'));
    }
    parts.push(branch([]));
    const hidden = open.length === 0 ? below([]).length - SHOWN - 2 : 0;
    if (hidden > 0) {
      parts.push(h('button', { type: 'button', class: 'link', dataset: { key: `m:${name}` }, onclick: () => {
        if (expanded) this.#expanded.delete(name);
        else this.#expanded.add(name);
        this.#act.redraw();
      } }, expanded ? 'Show fewer' : `Show ${hidden} more`));
    }
    return parts;
  }

  #numbers(field, name, facet, state) {
    const range = state.ranges[name];
    const stats = facet?.stats;
    if (!stats && !range) return null;
    const isPrice = field.role === 'price';
    const show = (n) => (isPrice ? price(n) : display(n, field));
    const input = (end, text, placeholder) => h('label', { class: 'bound' }, h('span', {}, text),
      h('input', { type: 'text', inputmode: 'decimal', value: range?.[end] ?? '', placeholder: placeholder === undefined ? '' : show(placeholder),
        autocomplete: 'off', dataset: { key: `r:${name}:${end}`, ...(isPrice && { testid: `price-${end}` }) }, onchange: () => apply(), onkeydown: (e) => e.key === 'Enter' && apply() }));
    const from = input('from', 'From', stats?.min);
    const to = input('to', 'To', stats?.max);
    const apply = () => {
      const ends = [from, to].map((l) => bound(l.querySelector('input').value.replace(/[^\d.eE+-]/g, '')));
      this.#act.setRange(name, { from: ends[0], to: ends[1] });
    };
    const parts = [];
    if (isPrice && facet?.ranges) parts.push(this.#histogram(name, facet.ranges, range, show));
    parts.push(h('div', { class: 'bounds' }, from, to));
    return parts;
  }

  #histogram(name, ranges, range, show) {
    const first = ranges.findIndex((r) => r.count > 0);
    const last = ranges.findLastIndex((r) => r.count > 0);
    if (first < 0 || first === last) return null;
    const shown = ranges.slice(first, last + 1);
    const most = Math.max(...shown.map((r) => r.count));
    return h('div', { class: 'histogram', role: 'group', 'aria-label': 'Number of products by price' }, shown.map((r) => {
      const inside = !range || ((range.to === null || (r.from ?? 0) < range.to) && (range.from === null || r.to === undefined || r.to > range.from));
      const text = r.to === undefined ? `${show(r.from)} and more` : `${show(r.from ?? 0)} to ${show(r.to)}`;
      const same = range && range.from === (r.from ?? null) && range.to === (r.to ?? null) && range.below === (r.to !== undefined);
      return h('button', { type: 'button', class: inside ? 'bin inside' : 'bin', disabled: r.count === 0, title: `${text}: ${count(r.count)}`, 'aria-label': `${text}: ${count(r.count)} products`,
        vars: { '--part': String(r.count === 0 ? 0 : Math.max(0.05, r.count / most)) }, dataset: { key: `h:${name}:${r.from}` },
        onclick: () => this.#act.setRange(name, same ? { from: null, to: null } : { from: r.from ?? null, to: r.to ?? null, below: r.to !== undefined }) }, h('span', {}));
    }));
  }
}

/** Values say more at a glance than two empty number boxes, so numbers come first only when far better covered. */
function interest({ coverage, facet }) {
  return facet.stats ? coverage / 2 : coverage;
}

/** An attribute is offered when a fair part of the result has it and it can split the result. */
function worthShowing({ facet, coverage }, total) {
  if (total < 2 || coverage < Math.max(2, total * 0.12)) return false;
  if (facet.stats) return facet.stats.max > facet.stats.min;
  const values = facet.values ?? [];
  return values.length > 1 && values[0].count > 1;
}

/** The chips above the results: what is chosen, each with a way to take it back. */
export function chips(state, schema, act) {
  const chip = (name, text, remove) => h('button', { type: 'button', class: 'chip', title: `Remove: ${name} ${text}`, onclick: remove },
    h('span', { class: 'chip-name' }, name), text, icon(ICONS.close));
  const list = [];
  for (const [field, values] of Object.entries(state.terms)) {
    const definition = schema.governing(field);
    for (const value of values) {
      const text = definition?.type === 'category-path' ? lastOfPath(value) : display(value, definition);
      list.push(chip(title(field, schema), text, () => act.setTerms(field, values.filter((v) => v !== value))));
    }
  }
  for (const [field, { from, to, below }] of Object.entries(state.ranges)) {
    const show = (n) => display(n, schema.governing(field));
    const text = from === null ? `up to ${show(to)}` : to === null ? `from ${show(from)}` : `${show(from)} to ${below ? 'below ' : ''}${show(to)}`;
    list.push(chip(title(field, schema), text, () => act.setRange(field, { from: null, to: null })));
  }
  if (list.length > 1) list.push(h('button', { type: 'button', class: 'link', onclick: act.clearFilters }, 'Clear all'));
  return list;
}
