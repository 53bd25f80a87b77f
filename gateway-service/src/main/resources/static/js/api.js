// Calls of the gateway's REST interface.

export class ApiError extends Error {
  constructor(message, problem = {}) {
    super(message);
    this.code = problem.code;
    this.status = problem.status;
    this.traceId = problem.traceId;
  }
}

async function call(path, { method = 'GET', body, signal } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      signal,
      headers: { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError('The server does not answer.');
  }
  const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
  const json = isJson ? await response.json() : null;
  if (!response.ok) throw new ApiError(json?.detail ?? json?.title ?? `The server answered ${response.status}.`, json ?? { status: response.status });
  if (json === null) throw new ApiError('The server did not answer with JSON.', { status: response.status });
  return json;
}

const catalogPath = (catalog) => `/v1/catalogs/${encodeURIComponent(catalog)}`;
const productPath = (catalog, id) => `${catalogPath(catalog)}/products/${encodeURIComponent(id)}`;

export async function catalogs() {
  const json = await call('/v1/catalogs');
  return (Array.isArray(json) ? json : json.catalogs ?? []).map((c) => (typeof c === 'string' ? c : c.catalog ?? c.name));
}

export const catalog = (name) => call(catalogPath(name));
export const search = (name, body, signal) => call(`${catalogPath(name)}/search`, { method: 'POST', body, signal });
export const product = (name, id, signal) => call(productPath(name, id), { signal });
export const similar = (name, id, body, signal) => call(`${productPath(name, id)}/similar`, { method: 'POST', body, signal });
export const recommend = (name, scenario, body, signal) => call(`${catalogPath(name)}/recommendations/${scenario}`, { method: 'POST', body, signal });

/** What the operator allows the page; without an answer the safe defaults hold. */
export async function config() {
  try {
    return await call('/console/config');
  } catch {
    return {};
  }
}
