// The whole search lives in the address bar:
//   ?c=catalogue &q=words &f.FIELD=value (repeated) &r.FIELD=from..to (from..<to without the end) &sort=field:asc &page=n &p=opened product

export function emptyState(catalog = '') {
  return { catalog, q: '', terms: {}, ranges: {}, sort: '', page: 1, product: '' };
}

export function fromAddress(search) {
  const state = emptyState();
  for (const [key, value] of new URLSearchParams(search)) {
    if (key === 'c') state.catalog = value;
    else if (key === 'q') state.q = value;
    else if (key === 'sort') state.sort = value;
    else if (key === 'p') state.product = value;
    else if (key === 'page') state.page = Math.min(Math.max(Number.parseInt(value, 10) || 1, 1), 50);
    else if (key.startsWith('f.')) (state.terms[key.slice(2)] ??= []).push(value);
    else if (key.startsWith('r.')) {
      const below = value.includes('..<');
      const [from, to] = value.split(below ? '..<' : '..').map(bound);
      if (from !== null || to !== null) state.ranges[key.slice(2)] = { from, to, below };
    }
  }
  return state;
}

/** A typed number, or null when the box is empty or no number. */
export function bound(text) {
  if (text === undefined || text.trim() === '') return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

export function toAddress(state) {
  const params = new URLSearchParams();
  if (state.catalog) params.set('c', state.catalog);
  if (state.q) params.set('q', state.q);
  for (const field of Object.keys(state.terms).sort()) state.terms[field].forEach((value) => params.append(`f.${field}`, value));
  for (const field of Object.keys(state.ranges).sort()) {
    const { from, to, below } = state.ranges[field];
    params.set(`r.${field}`, `${from ?? ''}..${below ? '<' : ''}${to ?? ''}`);
  }
  if (state.sort) params.set('sort', state.sort);
  if (state.page > 1) params.set('page', state.page);
  if (state.product) params.set('p', state.product);
  const query = params.toString();
  return query ? `?${query}` : location.pathname;
}

export const activeFields = (state) => [...new Set([...Object.keys(state.terms), ...Object.keys(state.ranges)])];
export const activeCount = (state) => Object.values(state.terms).reduce((n, v) => n + v.length, 0) + Object.keys(state.ranges).length;

/** The filter as the interface's JSON tree; `without` leaves one field out, to count its other values. */
export function filterOf(state, schema, without) {
  const parts = [];
  for (const [field, values] of Object.entries(state.terms)) {
    if (field === without || values.length === 0) continue;
    const typed = schema.governing(field)?.type === 'boolean' ? values.map((v) => v === 'true') : values;
    parts.push(typed.length === 1 ? { field, op: '=', value: typed[0] } : { field, op: 'in', values: typed });
  }
  for (const [field, { from, to, below }] of Object.entries(state.ranges)) {
    if (field === without) continue;
    if (below) parts.push(...[{ field, op: '>=', value: from }, { field, op: '<', value: to }].filter((end) => end.value !== null));
    else if (from !== null && to !== null) parts.push({ field, op: 'range', from, to });
    else if (from !== null) parts.push({ field, op: '>=', value: from });
    else parts.push({ field, op: '<=', value: to });
  }
  if (parts.length === 0) return undefined;
  return parts.length === 1 ? parts[0] : { and: parts };
}
