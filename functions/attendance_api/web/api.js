// Calls to the service; the session is a cookie that scripts cannot read.

const PREFIX = "/attendancemanagement-api";
const BASE = location.pathname.startsWith(PREFIX) ? PREFIX : "";
const COMPANY = "attendance.companyId";

export class Refusal extends Error {
  constructor(status, body) {
    super(body?.detail || body?.message || `The service answered ${status}.`);
    this.status = status;
    this.word = (body?.message || "").replace("errMsg_", "");
    this.isEnd = ["loginRequired", "invalidToken"].includes(this.word);
  }
}

export function rememberCompany(companyId) {
  if (companyId) localStorage.setItem(COMPANY, companyId);
  else localStorage.removeItem(COMPANY);
}

export async function call(method, path, { query = {}, body, key } = {}) {
  const url = new URL(BASE + path, location.origin);
  for (const [name, value] of Object.entries(query)) {
    if (value !== "" && value != null) url.searchParams.set(name, value);
  }
  const headers = { Accept: "application/json" };
  const companyId = localStorage.getItem(COMPANY);
  if (companyId && path !== "/login") headers.companyId = companyId;
  if (key) headers["Idempotency-Key"] = key;
  if (method !== "GET") headers["Content-Type"] = "application/json";
  const sent = method === "GET" ? undefined : JSON.stringify(body ?? {});
  const answer = await fetch(url, { method, headers, body: sent, credentials: "same-origin" });
  const told = await answer.json().catch(() => null);
  if (!answer.ok) {
    const refusal = new Refusal(answer.status, told);
    if (refusal.isEnd) document.dispatchEvent(new CustomEvent("session-ended"));
    throw refusal;
  }
  return told;
}

// For lists that show at once what was just done, whichever function answers.
export const FRESH = { caching: false };

export const get = (path, query) => call("GET", path, { query });

// A write that is safe to send twice: a lost answer is asked for again with the same key.
export async function writeOnce(path, body) {
  const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  try {
    return await call("POST", path, { body, key });
  } catch (error) {
    if (error instanceof Refusal && error.status !== 503) throw error;
    return call("POST", path, { body, key });
  }
}
