// The product view: a sheet with everything that is known, similar products and what is bought together.

import * as api from './api.js';
import { byId, h, icon, ICONS } from './dom.js';
import * as events from './events.js';
import { boughtTogether, cards } from './recommend.js';
import { display, first, label, plain, price } from './text.js';
import { tile } from './tile.js';

export class ProductSheet {
  #dialog = byId('product');
  #act;
  #calls;
  #shown = '';

  /** `act` has address(id), follow(event, id, from), close() and setTerms(field, values). */
  constructor(act) {
    this.#act = act;
    // Escape and the browser's back gesture on phones arrive as cancel.
    this.#dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      act.close();
    });
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) act.close();
    });
  }

  hide() {
    this.#calls?.abort();
    this.#shown = '';
    if (this.#dialog.open) this.#dialog.close();
  }

  async show(catalog, id, schema) {
    const key = `${catalog}/${id}`;
    if (this.#shown === key && this.#dialog.open) return;
    this.#shown = key;
    this.#calls?.abort();
    this.#calls = new AbortController();
    const { signal } = this.#calls;
    this.#draw(h('p', { class: 'sheet-wait muted', id: 'product-title' }, 'Loading…'));
    if (!this.#dialog.open) this.#dialog.showModal();
    let product;
    try {
      product = await api.product(catalog, id, signal);
    } catch (error) {
      if (error.name === 'AbortError') return;
      this.#draw(h('div', { class: 'blank', role: 'alert' }, h('h2', { id: 'product-title' }, error.status === 404 ? 'No such product' : 'The product cannot be shown'), h('p', {}, error.message)));
      return;
    }
    events.view(catalog, id);
    const similar = h('section', { class: 'similar', 'aria-label': 'Similar products' });
    // Similar products stand before the specifications, which can be two hundred lines.
    const together = h('section', { class: 'similar', 'aria-label': 'Bought together' });
    this.#draw(this.#body(product, id, schema), similar, together, this.#specifications(product, schema));
    this.#dialog.scrollTop = 0;
    boughtTogether(together, id, { catalog, schema, act: this.#act, signal });
    try {
      const answer = await api.similar(catalog, id, { limit: 8, fields: schema.cardFields() }, signal);
      this.#drawSimilar(similar, answer, schema);
    } catch (error) {
      if (error.name !== 'AbortError') similar.replaceChildren(h('h3', {}, 'Similar products'), h('p', { class: 'muted' }, 'Not available right now.'));
    }
  }

  #draw(...content) {
    this.#dialog.replaceChildren(
      h('div', { class: 'sheet-head' }, h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close', onclick: () => this.#act.close(), dataset: { testid: 'product-close' } }, icon(ICONS.close))),
      h('div', { class: 'sheet-body' }, content));
  }

  #body(product, id, schema) {
    const of = (role) => product[schema.role(role)?.name];
    const titleField = schema.titleField()?.name;
    const description = schema.role('description');
    const shown = new Set(['id', titleField, ...['brand', 'category', 'price', 'description'].map((r) => schema.role(r)?.name)]);
    const codes = schema.roles('identifier').filter((f) => product[f.name] !== undefined);
    codes.forEach((f) => shown.add(f.name));
    const facts = Object.entries(product).filter(([name, value]) => {
      const field = schema.governing(name);
      return !shown.has(name) && !field?.name.endsWith('*') && field?.type !== 'image' && display(value, field) !== '';
    });
    const row = ([name, value]) => [h('dt', {}, label(name, schema)), h('dd', {}, display(value, schema.governing(name)))];
    return [
      h('div', { class: 'sheet-top' },
        tile(product, schema),
        h('div', {},
          this.#crumbs(first(of('category')), schema),
          h('h2', { id: 'product-title', class: 'sheet-title' }, plain(String(first(product[titleField]) ?? id))),
          of('brand') && h('p', { class: 'sheet-brand' }, 'by ', h('button', { type: 'button', class: 'link', onclick: () => this.#act.setTerms(schema.role('brand').name, [String(first(of('brand')))]) }, display(of('brand')))),
          of('price') !== undefined && h('p', { class: 'sheet-price' }, price(of('price'))))),
      description && product[description.name] && h('p', { class: 'sheet-text' }, plain(String(first(product[description.name])))),
      h('dl', { class: 'specs codes' }, codes.map((f) => row([f.name, product[f.name]])), row(['id', id]), facts.map(row)),
    ];
  }

  #specifications(product, schema) {
    const attributes = Object.entries(product).filter(([name, value]) => {
      const field = schema.governing(name);
      return field?.name.endsWith('*') && field.type !== 'image' && display(value, field) !== '';
    });
    if (attributes.length === 0) return null;
    return h('section', {}, h('h3', {}, 'Specifications'),
      h('dl', { class: 'specs' }, attributes.map(([name, value]) => h('div', {}, h('dt', {}, label(name, schema)), h('dd', {}, display(value, schema.governing(name)))))));
  }

  #crumbs(category, schema) {
    if (!category) return null;
    const path = String(category).split('>').map((p) => p.trim());
    return h('p', { class: 'crumbs' }, path.map((name, i) => [
      i > 0 && h('span', { 'aria-hidden': 'true' }, '›'),
      h('button', { type: 'button', class: 'link', onclick: () => this.#act.setTerms(schema.role('category').name, [path.slice(0, i + 1).join(' > ')]) }, name)]));
  }

  #drawSimilar(section, answer, schema) {
    const items = answer.items ?? answer.hits ?? [];
    if (items.length === 0) {
      section.replaceChildren(h('h3', {}, 'Similar products'), h('p', { class: 'muted' }, answer.reason ?? 'None found.'));
      return;
    }
    section.replaceChildren(h('h3', {}, 'Similar products'), cards({ ...answer, items }, 'similar', schema, this.#act, 'similar-hit'));
  }
}
