// Rows of recommended products, each with the reason why it is there.

import * as api from './api.js';
import { h } from './dom.js';
import { visitor } from './events.js';
import { first, plain, price } from './text.js';
import { tile } from './tile.js';

const ITEMS = 8;

/** Steps that speak of this visitor or product; anything after them would be a row of something else. */
const OWN_STEPS = {
  'bought-together': ['bought-together'],
  'next-in-session': ['session-neighbours', 'bought-together', 'similar'],
  trending: ['trending', 'popular'],
};

/** One card; `from` tells the event log what showed it, `reason` is left out where a whole row has the same. */
function card({ id, fields = {}, reason }, from, schema, act, testid) {
  const cost = fields[schema.role('price')?.name];
  return h('li', {}, h('a', { class: 'card', href: act.address(id), dataset: { testid, id }, onclick: (event) => act.follow(event, id, from) },
    tile(fields, schema),
    h('span', { class: 'card-title' }, plain(String(first(fields[schema.titleField()?.name]) ?? id))),
    reason && h('span', { class: 'card-reason' }, plain(reason)),
    cost !== undefined && h('span', { class: 'card-price' }, price(cost))));
}

/** An answer's items as a list of cards. */
export function cards({ recommendationId, items }, listId, schema, act, testid) {
  return h('ul', { class: 'cards' }, items.map((item, i) => card(item, { recommendationId, position: i + 1, listId }, schema, act, testid)));
}

/** Fills a section with a scenario's products, or leaves it empty when nothing speaks for them. */
async function fill(section, title, scenario, context, { catalog, schema, act, signal }) {
  let answer;
  try {
    answer = await api.recommend(catalog, scenario, { ...context, limit: ITEMS, fields: schema.cardFields() }, signal);
  } catch {
    // A row is an offer beside the page's own matter: without it the page is whole.
    return;
  }
  if (signal.aborted || !OWN_STEPS[scenario].includes(answer.step)) return;
  section.replaceChildren(h('h3', {}, title), h('p', { class: 'muted small', dataset: { testid: `${scenario}-reason` } }, plain(answer.reason)),
    cards(answer, scenario, schema, act, `${scenario}-hit`));
}

export const boughtTogether = (section, id, page) => fill(section, 'Bought together', 'bought-together', { products: [id] }, page);

/** The start page's rows: where this visit may lead, and what is wanted more than usual. */
export function startRows(container, page) {
  const rows = ['next-in-session', 'trending'].map((scenario) => h('section', { class: 'row', dataset: { testid: `row-${scenario}` } }));
  container.replaceChildren(...rows);
  fill(rows[0], 'Next for you', 'next-in-session', { visitorId: visitor.userToken, sessionId: visitor.sessionId }, page);
  fill(rows[1], 'Trending', 'trending', {}, page);
}
