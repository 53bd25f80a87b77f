// How values become readable text.

const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });
const COUNT = new Intl.NumberFormat('en');
const DATE = new Intl.DateTimeFormat('en', { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' });
const ACRONYMS = new Set(('ac aes av bd ccd cd cpu dc ddr dimm dns dpi dsl dvd dvi ean ecc eu fsb gpu gps hd hdd hdmi id ide ip iso '
  + 'kvm lan lcd led mac mtbf nas nic nfc os pc pci pci-e pdu pin poe ppm psu ram rgb rj rms rohs rpm sata sd sdk sdram sim smtp snmp '
  + 'sql ssd ssl tcp tdp tft tv uk ups us usb utp vga voip vpn wan wifi wlan wxdxh').split(' '));

export const count = (n) => COUNT.format(n);
export const plural = (n, one, many) => `${count(n)} ${n === 1 ? one : many}`;

let currency = null;
export function setCurrency(code) {
  currency = code ? new Intl.NumberFormat('en', { style: 'currency', currency: code }) : null;
}

const PRICE = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
export function price(value) {
  const number = typeof value === 'number' ? value : Number.parseFloat(value);
  if (!Number.isFinite(number)) return '';
  return (currency ?? PRICE).format(number);
}

/** 'attr_t_processor_cache_type' below the pattern 'attr_t_*' reads 'Processor cache type'. */
export function label(field, schema) {
  const pattern = schema?.governing(field);
  let name = pattern?.name.endsWith('*') ? field.slice(pattern.name.length - 1) : field;
  if (name === '') name = field;
  name = name.replace(/_s_(?=_|$)/g, '(s)').replace(/__([a-z])_([a-z])_+$/i, ' ($1-$2)').replace(/__([a-z0-9_]+?)_+$/i, ' ($1)').replace(/__([a-z0-9]+)__/gi, ' ($1) ').replace(/_+/g, ' ').trim();
  name = name.replace(/[a-z0-9-]+/gi, (word) => (ACRONYMS.has(word.toLowerCase()) ? word.toUpperCase() : word));
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const ROLE_TITLES = { category: 'Category', brand: 'Brand', price: 'Price' };

/** The name of a filter: what the field means where the schema says so, else its label. */
export function title(field, schema) {
  return ROLE_TITLES[schema.governing(field)?.role] ?? label(field, schema);
}

/** A stored value as text, by the type that the schema gives its field. */
export function display(value, field) {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((v) => display(v, field)).join(', ');
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (field?.role === 'price') return price(value);
  if (typeof value === 'number') return NUMBER.format(value);
  if (typeof value === 'object') return JSON.stringify(value);
  if (field?.type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true' ? 'Yes' : 'No';
  if (field?.type === 'number' && value !== '' && Number.isFinite(Number(value))) return NUMBER.format(Number(value));
  if (field?.type === 'date') {
    const date = new Date(value);
    return Number.isNaN(date.getTime()) ? value : DATE.format(date);
  }
  return plain(String(value));
}

/** Text without its markup: some descriptions carry HTML. The parsed document is inert and thrown away. */
export function plain(text) {
  if (!/<[a-z/!]|&[a-z#]/i.test(text)) return text;
  const parsed = new DOMParser().parseFromString(text, 'text/html');
  parsed.querySelectorAll('script,style').forEach((element) => element.remove());
  parsed.querySelectorAll('br,p,li,div,tr,h1,h2,h3,h4').forEach((element) => element.before('\n'));
  return parsed.body.textContent.replace(/[ \t\u00a0]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
}

/** One piece of a highlighted text: a tag may begin in one piece and end in the next, so both halves go. */
export function plainSegment(text) {
  return text.replace(/<\/?[a-z][^<>]*>/gi, ' ').replace(/<\/?[a-z][^<>]*$/i, ' ').replace(/^[^<>]*\/>/, ' ').replace(/&nbsp;/g, ' ').replace(/&amp;/g, '&');
}

export const lastOfPath = (path) => path.split('>').pop().trim();
export const first = (value) => (Array.isArray(value) ? value[0] : value);
