// Logging in: company, e-mail, password.

import { call, rememberCompany } from "./api.js";
import { el, labelled } from "./dom.js";

const CODENAME = "attendance.codename";

export function loginView(onSession, message) {
  const codename = el("input", {
    name: "company", autocomplete: "organization", autocapitalize: "none", spellcheck: "false",
    value: localStorage.getItem(CODENAME) ?? "",
  });
  const email = el("input", { name: "email", type: "email", autocomplete: "username", required: true });
  const password = el("input", {
    name: "password", type: "password", autocomplete: "current-password", required: true,
  });
  const told = el("p", { class: "small", role: "alert" }, message ?? "");
  const button = el("button", { class: "main" }, "Log in");

  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    told.textContent = "";
    const body = { email: email.value.trim(), password: password.value };
    const company = codename.value.trim().toLowerCase();
    if (company) body.companyCodename = company;
    try {
      const session = await call("POST", "/login", { body });
      localStorage.setItem(CODENAME, company);
      rememberCompany(session.companyId);
      onSession(session);
    } catch (error) {
      told.textContent = error.word === "invalidCredentials"
        ? "Company, e-mail or password is wrong."
        : error.message;
      button.disabled = false;
      password.select();
    }
  }

  return el(
    "section", { class: "card narrow", "aria-labelledby": "login-title" },
    el("header", {}, el("h2", { id: "login-title" }, "Log in")),
    el(
      "form", { class: "stack", onsubmit: submit },
      labelled("Company", codename), labelled("E-mail", email), labelled("Password", password),
      told, button,
    ),
  );
}
