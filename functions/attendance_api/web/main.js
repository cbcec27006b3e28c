// Who is here decides what is shown: the log-in, a person's own day, or the company's.

import { call, get, rememberCompany } from "./api.js";
import { companyView } from "./company.js";
import { devicesView } from "./devices.js";
import { el, say, warn } from "./dom.js";
import { expectedView } from "./expected.js";
import { loginView } from "./login.js";
import { ownView } from "./own.js";

const content = document.getElementById("content");
const who = document.getElementById("who");
const RENEW_EVERY = 10 * 60 * 1000;
const COMPANY_WIDE = ["manager", "tenantAdmin", "superAdmin"];

let running = [];
let renewal;

function clear() {
  running.forEach((part) => part.stop());
  running = [];
  clearInterval(renewal);
  content.replaceChildren();
  who.replaceChildren();
  warn(null);
  say("");
}

function showLogin(message) {
  clear();
  content.append(loginView(showWork, message));
  content.querySelector("input").focus();
}

function showWork(session) {
  clear();
  who.append(
    el("span", { class: "name" }, `${session.fullname} · ${session.companyCodename}`),
    el("button", { onclick: logOut }, "Log out"),
  );
  const hasRecords = !session.roleId.startsWith("saas");
  if (COMPANY_WIDE.includes(session.roleId)) {
    const [company, expected, devices] = [companyView(), expectedView(), devicesView(session)];
    running = [company, expected, devices];
    content.append(
      ...company.view,
      el("div", { class: "columns" }, ...expected.view, ...devices.view),
    );
  }
  if (hasRecords) {
    const own = ownView(session);
    running.push(own);
    content[session.roleId === "employee" ? "prepend" : "append"](...own.view);
  } else {
    content.append(el("p", { class: "card" }, "This account has no attendance to show."));
  }
  renewal = setInterval(() => call("POST", "/refresh").catch(() => {}), RENEW_EVERY);
  content.focus();
}

async function logOut() {
  await call("POST", "/logout").catch(() => {});
  rememberCompany(null);
  showLogin();
}

// A token in the address would stay in the history: the page works by cookie alone.
function tidyAddress() {
  const address = new URL(location.href);
  if (address.search) history.replaceState(null, "", address.pathname);
}

async function start() {
  tidyAddress();
  try {
    showWork(await get("/currentuser"));
  } catch {
    showLogin();
  }
}

document.addEventListener("session-ended", () => showLogin("The session has ended; log in again."));
start();
