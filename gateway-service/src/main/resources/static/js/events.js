// What the visitor does, told to the event log. Telling never disturbs the page: it waits for no answer and a failure is let be.

const KEY = 'vitrine.visitor';
const VISIT = 'vitrine.visit';

const randomId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** An id kept in that storage; where the browser keeps nothing it lives as long as the page. */
function kept(storage, key) {
  try {
    const known = storage()?.getItem(key);
    if (known) return known;
    const made = randomId();
    storage().setItem(key, made);
    return made;
  } catch {
    return randomId();
  }
}

/** Who searches, for the search's own events: random, and known to this browser only. */
export const visitor = {
  userToken: kept(() => localStorage, KEY),
  sessionId: kept(() => sessionStorage, VISIT),
};

/** `from` says what showed the product: {queryId | recommendationId, position from 1, listId}. */
function tell(type, catalog, id, { position, ...from } = {}) {
  const event = {
    type, catalog, ...from, eventId: randomId(), eventTime: new Date().toISOString(),
    visitorId: visitor.userToken, sessionId: visitor.sessionId, items: [{ id, position }],
  };
  // keepalive: the event leaves although the page may be left at once.
  fetch('/v1/events', { method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ events: [event] }) })
    .catch(() => {});
}

export const click = (catalog, id, from) => tell('click', catalog, id, from);
export const view = (catalog, id) => tell('view', catalog, id);
