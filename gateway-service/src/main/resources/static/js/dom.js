// Builds elements. Data only ever becomes text nodes or attribute values, never markup.

const SVG = 'http://www.w3.org/2000/svg';

/** h('a', {class: 'x', href: '#', onclick: f, dataset: {testid: 'y'}}, 'text', child, [children]) */
export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'dataset') Object.assign(element.dataset, value);
    // Custom properties go through the CSSOM: a style attribute would break the content security policy.
    else if (name === 'vars') for (const [k, v] of Object.entries(value)) element.style.setProperty(k, v);
    else if (name in element && !(element instanceof SVGElement)) element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false) element.append(child);
  }
  return element;
}

export const byId = (id) => document.getElementById(id);

/** One of the few line icons, drawn on a 20 by 20 grid. */
export function icon(path) {
  return svg('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true' }, svg('path', { d: path }));
}

export const ICONS = {
  close: 'M5 5l10 10M15 5 5 15',
  chevron: 'M6 8l4 4 4-4',
  info: 'M10 9v5M10 6.2v.1',
};
