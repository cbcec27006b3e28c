// Who is on a shift of today and has no record yet.

import { FRESH, get, writeOnce } from "./api.js";
import { ask, el, fill, labelled, say, warn } from "./dom.js";
import { Poll } from "./polling.js";
import { times } from "./records.js";
import { day } from "./words.js";

const MOST_SHIFTS = 20;

export function expectedView() {
  const list = el("div");

  async function show(isCurrent) {
    const people = await missing();
    if (!isCurrent()) return;
    fill(list, people, () => people.length
      ? el("ul", { class: "plain" }, people.map((person) => line(person, poll)))
      : el("p", { class: "empty" }, "Everybody on today's shifts has a record."));
  }

  const poll = new Poll(15, show);
  poll.now();
  const view = el(
    "section", { class: "card", "aria-labelledby": "expected-title" },
    el("header", {}, el("h2", { id: "expected-title" }, "Not here yet, today")), list,
  );
  return { view: [view], stop: () => poll.stop() };
}

async function missing() {
  const [{ shifts }, { attendanceRecords }, { users }] = await Promise.all([
    get("/v1/shifts", { date: day(), pageRowCount: MOST_SHIFTS }),
    get("/v1/attendance-records", { date: day(), pageRowCount: 500, getJoins: false, ...FRESH }),
    get("/v1/users", { pageRowCount: 500 }),
  ]);
  const here = new Set(attendanceRecords.map((record) => `${record.shiftId} ${record.userId}`));
  const names = new Map(users.map((user) => [user.id, user.fullname]));
  const rosters = await Promise.all(shifts.map(async (shift) => {
    const { assignments } = await get(`/v1/shifts/${shift.id}/assignments`, { pageNumber: 0 });
    return assignments
      .filter(({ userId }) => !here.has(`${shift.id} ${userId}`))
      .map(({ userId }) => ({ userId, name: names.get(userId) ?? userId, shift }));
  }));
  return rosters.flat();
}

function line({ userId, name, shift }, poll) {
  return el(
    "li", {},
    el("span", {}, el("strong", {}, name), " ", el("span", { class: "quiet small" }, times(shift))),
    el("button", { onclick: () => markAbsent(userId, name, shift, poll) }, "Mark absent"),
  );
}

async function markAbsent(userId, name, shift, poll) {
  const reason = el("input", { name: "reason", maxlength: 200 });
  const note = el("input", { name: "note", maxlength: 200 });
  const body = [labelled("Reason", reason), labelled("Note for managers", note)];
  if (!await ask(`Mark ${name} absent?`, body, "Mark absent")) return;
  try {
    await writeOnce("/v1/mark-absent", {
      userId, shiftId: shift.id, absenceReason: reason.value || null, managerNote: note.value || null,
    });
    await poll.now();
    say(`${name} is marked absent.`);
  } catch (error) {
    warn(error.message);
  }
}
