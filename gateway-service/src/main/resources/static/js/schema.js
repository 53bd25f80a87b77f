// What the page needs to know of a catalogue's schema.

export class Schema {
  constructor(json) {
    this.fields = json?.fields ?? [];
  }

  /** The field of a role, by its exact name. */
  role(role) {
    return this.fields.find((f) => f.role === role && !f.name.endsWith('*'));
  }

  roles(role) {
    return this.fields.filter((f) => f.role === role && !f.name.endsWith('*'));
  }

  /** The definition that governs a field: its own, else the longest pattern. */
  governing(name) {
    let best;
    for (const field of this.fields) {
      if (field.name === name) return field;
      if (field.name.endsWith('*') && name.startsWith(field.name.slice(0, -1)) && (!best || field.name.length > best.name.length)) best = field;
    }
    return best;
  }

  /** Fields and patterns that are counted, in the schema's order. */
  facets() {
    return this.fields.filter((f) => f.facet && f.type !== 'date');
  }

  facetFields() {
    return this.facets().filter((f) => !f.name.endsWith('*'));
  }

  /** The fields that a row of the result list shows. */
  cardFields() {
    return ['title', 'description', 'brand', 'category', 'price', 'image', 'stock'].map((r) => this.role(r)?.name).filter(Boolean);
  }

  /** Without a title by role the first text field serves. */
  titleField() {
    return this.role('title') ?? this.fields.find((f) => f.type === 'text') ?? this.fields[0];
  }

  sortChoices() {
    const choices = [['', 'Relevance']];
    const sortable = this.fields.filter((f) => f.sortable && !f.name.endsWith('*'));
    for (const f of sortable.filter((f) => f.role === 'price')) {
      choices.push([`${f.name}:asc`, 'Price, low to high'], [`${f.name}:desc`, 'Price, high to low']);
    }
    for (const f of sortable.filter((f) => f.type === 'date')) choices.push([`${f.name}:desc`, 'Newest first'], [`${f.name}:asc`, 'Oldest first']);
    for (const f of sortable.filter((f) => f.role === 'brand')) choices.push([`${f.name}:asc`, 'Brand, A to Z']);
    return choices;
  }
}
