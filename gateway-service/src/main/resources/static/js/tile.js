// The picture of a product: a neutral tile with the brand's initials, or its image where the operator allows images.

import { h, svg } from './dom.js';
import { first, lastOfPath } from './text.js';

let imagesAllowed = false;
export function allowImages(allowed) {
  imagesAllowed = allowed;
}

export function tile(fields, schema) {
  const role = (name) => first(fields[schema.role(name)?.name]);
  const brand = String(role('brand') ?? '').trim();
  const category = String(role('category') ?? '').trim();
  const title = String(first(fields[schema.titleField()?.name]) ?? '').trim();
  const initials = initialsOf(brand || lastOfPath(category) || title);
  const picture = svg('svg', { class: 'tile-art', viewBox: '0 0 96 96', 'aria-hidden': 'true' },
    svg('text', { x: 48, y: 49, 'text-anchor': 'middle', 'dominant-baseline': 'central', 'font-size': [0, 44, 34, 26][initials.length] ?? 26 }, initials));
  const box = h('div', { class: 'tile', vars: { '--hue': hue(category.split('>')[0] || brand) } }, picture);
  const address = role('image');
  if (imagesAllowed && typeof address === 'string' && /^https?:\/\//.test(address)) {
    const image = h('img', { src: address, alt: '', loading: 'lazy', decoding: 'async', referrerPolicy: 'no-referrer' });
    image.addEventListener('load', () => box.classList.add('has-image'));
    image.addEventListener('error', () => image.remove());
    box.append(image);
  }
  return box;
}

/** 'Tripp Lite' is TL, 'HP' is HP, 'Lenovo' is L. */
function initialsOf(name) {
  const words = name.split(/\s+/).map((word) => word.replace(/[^\p{L}\p{N}]/gu, '')).filter(Boolean);
  if (words.length === 0) return '·';
  if (words.length === 1) return words[0].length <= 3 ? words[0].toUpperCase() : words[0][0].toUpperCase();
  return (words[0][0] + words[1][0]).toUpperCase();
}

/** A stable colour per top category, so that kinds of products can be told apart at a glance. */
function hue(text) {
  let hash = 7;
  for (const c of text.trim()) hash = (hash * 31 + c.codePointAt(0)) >>> 0;
  return String((hash * 47) % 360);
}
