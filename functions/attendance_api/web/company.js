// The company's records: filters, pages, and what they say about each person.

import { FRESH, get } from "./api.js";
import { el, fill, labelled } from "./dom.js";
import { Poll } from "./polling.js";
import { recordsTable } from "./records.js";
import { STATUSES, day } from "./words.js";

const ROWS = 50;

export function companyView() {
  const wanted = { date: day(), status: "", userId: "", pageNumber: 1 };
  const table = el("div");
  const total = el("span", { class: "quiet small" });
  const pager = el("nav", { class: "pager", "aria-label": "Pages" });
  const person = el("select", { onchange: () => change("userId", person.value) });
  const date = el("input", { type: "date", value: wanted.date, onchange: () => change("date", date.value) });

  async function show(isCurrent) {
    const answer = await get("/v1/attendance-records", { ...wanted, ...FRESH, pageRowCount: ROWS });
    if (!isCurrent()) return;
    const { attendanceRecords: records, paging } = answer;
    total.textContent = paging.totalRowCount === 1 ? "1 record" : `${paging.totalRowCount} records`;
    fill(table, records, () => records.length
      ? recordsTable(records, { people: true })
      : el("p", { class: "empty" }, "No records here."));
    fill(pager, paging, () => pages(paging));
  }

  function change(name, value) {
    wanted[name] = value;
    if (name !== "pageNumber") wanted.pageNumber = 1;
    poll.now();
  }

  function pages({ pageNumber, pageCount }) {
    if (pageCount <= 1) return [];
    const turn = (by) => () => change("pageNumber", pageNumber + by);
    return [
      el("button", { onclick: turn(-1), disabled: pageNumber <= 1 }, "Newer"),
      el("span", { class: "quiet small" }, `Page ${pageNumber} of ${pageCount}`),
      el("button", { onclick: turn(1), disabled: pageNumber >= pageCount }, "Older"),
    ];
  }

  const poll = new Poll(5, show);
  poll.now();
  namePeople(person);
  const view = el(
    "section", { class: "card", "aria-labelledby": "company-title" },
    el("header", {}, el("h2", { id: "company-title" }, "Attendance"), total),
    el("div", { class: "filters" }, labelled("Day", date), labelled("Person", person)),
    chips((status) => change("status", status)),
    table, pager,
  );
  return { view: [view], stop: () => poll.stop() };
}

function chips(choose) {
  const options = Object.entries({ "": "All", ...STATUSES });
  return el(
    "fieldset", { class: "chips" }, el("legend", {}, "Status"),
    options.map(([status, text]) => el("label", {}, el("input", {
      type: "radio", name: "status", value: status, checked: status === "",
      onchange: () => choose(status),
    }), text)),
  );
}

async function namePeople(select) {
  select.append(el("option", { value: "" }, "Everybody"));
  const { users } = await get("/v1/users", { pageRowCount: 500 });
  users.sort((a, b) => a.fullname.localeCompare(b.fullname));
  select.append(...users.map((user) => el("option", { value: user.id }, user.fullname)));
}
