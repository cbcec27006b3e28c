// A table of attendance records, and why each is as it is.

import { get } from "./api.js";
import { ask, cell, el } from "./dom.js";
import { STATUSES, clock, dayName, why } from "./words.js";

export function recordsTable(records, { people }) {
  const titles = [people && "Person", "Shift", "Status", "In", "Out", "Why", "More"].filter(Boolean);
  return el(
    "div", { class: "scroll" },
    el(
      "table", {},
      el("caption", {}, "Attendance records, newest shift first"),
      el("thead", {}, el("tr", {}, titles.map((title) => el("th", { scope: "col" }, title)))),
      el("tbody", {}, records.map((record) => row(record, people))),
    ),
  );
}

export function pill(status) {
  return el("span", { class: `pill ${status}` }, STATUSES[status] ?? status);
}

function row(record, people) {
  const { shift, user } = record;
  const note = record.managerNote ? el("div", { class: "quiet small" }, record.managerNote) : null;
  return el(
    "tr", { "data-id": record.id },
    people ? cell("Person", el("strong", {}, user?.fullname ?? record.userId)) : null,
    cell("Shift", el(
      "div", {}, shift ? dayName(shift.shiftDate) : "",
      el("div", { class: "quiet small" }, shift ? times(shift) : ""),
    )),
    cell("Status", pill(record.status)),
    el("td", { class: "time", "data-label": "In", title: record.checkInTime }, clock(record.checkInTime, record.details.timezone)),
    el("td", { class: "time", "data-label": "Out", title: record.checkOutTime }, clock(record.checkOutTime, record.details.timezone)),
    cell("Why", el("div", {}, why(record), note)),
    cell("", el("button", { class: "link", onclick: () => explain(record) }, "Explain")),
  );
}

export function times(shift) {
  return [`${shift.startTime}–${shift.endTime}`, shift.location].filter(Boolean).join(" · ");
}

async function explain(record) {
  const path = `/v1/attendance-records/${record.id}/explain`;
  const { explanation } = await get(path);
  const rules = explanation.rules.map((rule) => el(
    "li", {}, rule.text[0].toUpperCase() + rule.text.slice(1), inputs(rule.inputs),
  ));
  const ignored = explanation.punches.ignored.length;
  await ask("Why this record is as it is", [
    rules.length ? el("ul", {}, rules) : el("p", {}, "No rule had anything to add."),
    el("p", { class: "quiet small" },
      `Policy version ${explanation.policyVersion}; ${explanation.punches.used.length} punches used, ${ignored} not.`),
  ]);
}

function inputs(facts) {
  const told = Object.entries(facts).filter(([, value]) => value != null && typeof value !== "object");
  return el("div", { class: "quiet small" }, told.map(([name, value]) => `${name}: ${value}`).join(" · "));
}
