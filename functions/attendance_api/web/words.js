// What the service's facts are called on the page.

export const STATUSES = {
  present: "Present",
  late: "Late",
  leftEarly: "Left early",
  absent: "Absent",
  pending: "Pending",
};

const FLAGS = {
  missingCheckOut: "No check-out",
  missingCheckIn: "Left without a check-in",
  autoAbsent: "Nobody came by the end of the shift",
  autoClosed: "closed at the shift's end",
  corrected: "Corrected by a manager",
  conflict: "A terminal saw the person in spite of the absence",
  awaitingDevice: "Waiting for a terminal's report",
  holiday: "On a holiday",
  dstGap: "The clocks went forward",
  dstFold: "The clocks went back",
};

export function why(record) {
  const { details } = record;
  const flags = (details.flags ?? []).map((flag) => FLAGS[flag] ?? flag);
  return [
    record.lateByMinutes > 0 && `Late by ${minutes(record.lateByMinutes)}`,
    details.earlyLeaveMinutes > 0 && `Left ${minutes(details.earlyLeaveMinutes)} early`,
    record.absenceReason,
    details.halfDay && "Half a day",
    ...flags,
    details.awaitingDevice && `Terminal: ${details.awaitingDevice}`,
    details.open && record.checkInTime && "Here now",
  ].filter(Boolean).join(" · ") || "On time";
}

export function minutes(count) {
  return count < 60 ? `${count} min` : `${Math.floor(count / 60)} h ${count % 60} min`;
}

// A time of a record on its site's clock, as the shift's own times are.
export function clock(iso, timeZone) {
  if (!iso) return "–";
  return new Date(iso).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", timeZone });
}

export function moment(iso) {
  if (!iso) return "never";
  return new Date(iso).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}

// A calendar day as the service writes it, so many days from today.
export function day(offset = 0) {
  const date = new Date();
  date.setDate(date.getDate() + offset);
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function dayName(text) {
  const [year, month, date] = text.split("-").map(Number);
  return new Date(year, month - 1, date).toLocaleDateString([], {
    weekday: "short", day: "numeric", month: "short", year: "numeric",
  });
}
