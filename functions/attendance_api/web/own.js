// A person's own shifts around today, with check-in and check-out, and the own records.

import { FRESH, get, writeOnce } from "./api.js";
import { el, fill, say, warn } from "./dom.js";
import { Poll } from "./polling.js";
import { pill, recordsTable, times } from "./records.js";
import { clock, day, dayName, minutes, why } from "./words.js";

const ROWS = 10;

export function ownView(session) {
  const isEmployee = session.roleId === "employee";
  const shifts = el("div");
  const records = el("div");
  const pager = el("nav", { class: "pager", "aria-label": "Pages of my records" });
  let page = 1;

  async function show(isCurrent) {
    const query = { dateFrom: day(-1), dateTo: day(1), pageRowCount: 20 };
    const own = { userId: session.userId, ...FRESH };
    const [near, recent, listed] = await Promise.all([
      get("/v1/shifts", query),
      get("/v1/attendance-records", { ...query, ...own }),
      get("/v1/attendance-records", { ...own, pageNumber: page, pageRowCount: ROWS }),
    ]);
    if (!isCurrent()) return;
    const mine = await ownShifts(session, near.shifts);
    const cards = mine.map((shift) => ({
      shift, record: recent.attendanceRecords.find((record) => record.shiftId === shift.id),
    })).filter(matters);
    view.forEach((part) => { part.hidden = !isEmployee && !cards.length && !listed.rowCount; });
    fill(shifts, cards, () => cards.length
      ? cards.map((card) => shiftCard(card, poll))
      : el("p", { class: "empty" }, "No shift today."));
    fill(records, listed.attendanceRecords, () => listed.attendanceRecords.length
      ? recordsTable(listed.attendanceRecords, { people: false })
      : el("p", { class: "empty" }, "No records yet."));
    fill(pager, [page, listed.paging.pageCount], () => pages(listed.paging));
  }

  function pages({ pageCount }) {
    const turn = (by) => () => { page += by; poll.now(); };
    if (pageCount <= 1) return [];
    return [
      el("button", { onclick: turn(-1), disabled: page <= 1 }, "Newer"),
      el("span", { class: "quiet small" }, `Page ${page} of ${pageCount}`),
      el("button", { onclick: turn(1), disabled: page >= pageCount }, "Older"),
    ];
  }

  const poll = new Poll(isEmployee ? 5 : 15, show);
  const view = [
    el("section", { class: "card", hidden: !isEmployee, "aria-labelledby": "shifts-title" },
      el("header", {}, el("h2", { id: "shifts-title" }, "My shift")), shifts),
    el("section", { class: "card", hidden: !isEmployee, "aria-labelledby": "mine-title" },
      el("header", {}, el("h2", { id: "mine-title" }, "My records")), records, pager),
  ];
  poll.now();
  return { view, stop: () => poll.stop() };
}

// An employee is given his own shifts; who may see all of them asks which are his.
async function ownShifts(session, shifts) {
  if (session.roleId === "employee") return shifts;
  const seated = await Promise.all(shifts.map(async (shift) => {
    const { assignments } = await get(`/v1/shifts/${shift.id}/assignments`, { pageNumber: 0 });
    return assignments.some(({ userId }) => userId === session.userId);
  }));
  return shifts.filter((_, place) => seated[place]);
}

// Today's shifts, yesterday's while they may still run, tomorrow's as an outlook.
function matters({ shift, record }) {
  const overnight = shift.endTime <= shift.startTime;
  const open = record?.checkInTime && !record.checkOutTime;
  return shift.shiftDate >= day() || overnight || open;
}

function shiftCard({ shift, record }, poll) {
  return el(
    "div", { class: "shift", "data-shift": shift.id },
    el(
      "div", {},
      el("h3", {}, dayName(shift.shiftDate), " ", record ? pill(record.status) : null),
      el("p", {}, times(shift)),
      el("p", { class: "quiet small" }, record ? told(record) : "Not checked in"),
    ),
    action(shift, record, poll),
  );
}

function told(record) {
  const span = `In ${clock(record.checkInTime, record.details.timezone)}, out ${clock(record.checkOutTime, record.details.timezone)}`;
  const worked = record.details.workedMinutes;
  return [span, worked > 0 && `${minutes(worked)} worked`, why(record)].filter(Boolean).join(" · ");
}

function action(shift, record, poll) {
  if (!record && shift.shiftDate <= day()) {
    return button("Check in", "/v1/check-in", { shiftId: shift.id }, "Checked in.", poll);
  }
  if (record?.checkInTime && (!record.checkOutTime || record.details.flags?.includes("autoClosed"))) {
    const body = { attendanceRecordId: record.id };
    return button("Check out", "/v1/check-out", body, "Checked out.", poll);
  }
  return el("span");
}

function button(text, path, body, done, poll) {
  const node = el("button", { class: "main big", onclick: act }, text);
  async function act() {
    node.disabled = true;
    try {
      await writeOnce(path, body);
      await poll.now();
      say(done);
    } catch (error) {
      warn(error.message);
      node.disabled = false;
    }
  }
  return node;
}
