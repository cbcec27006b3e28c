// The terminals and what their last report said.

import { call, get } from "./api.js";
import { el, fill, say, warn } from "./dom.js";
import { Poll } from "./polling.js";
import { moment } from "./words.js";

export function devicesView(session) {
  const list = el("div");

  async function show(isCurrent) {
    const { devices } = await get("/v1/devices", { pageRowCount: 100 });
    if (!isCurrent()) return;
    const mayApprove = ["tenantAdmin", "superAdmin"].includes(session.roleId);
    fill(list, devices, () => devices.length
      ? el("ul", { class: "plain" }, devices.map((device) => line(device, mayApprove, poll)))
      : el("p", { class: "empty" }, "No terminals yet."));
  }

  const poll = new Poll(15, show);
  poll.now();
  const view = el(
    "section", { class: "card", "aria-labelledby": "devices-title" },
    el("header", {}, el("h2", { id: "devices-title" }, "Terminals")), list,
  );
  return { view: [view], stop: () => poll.stop() };
}

function line(device, mayApprove, poll) {
  const { health } = device;
  const state = device.isNew ? ["pending", "New"] : !health ? ["", "No report"]
    : health.ok ? ["present", "Fine"] : ["failed", "Failed"];
  const told = [
    device.location,
    health ? `reported ${moment(health.reportedAt)}` : null,
    health?.error,
    health?.watermark ? `complete until ${moment(health.watermark)}` : null,
  ].filter(Boolean).join(" · ");
  return el(
    "li", { "data-device": device.id },
    el(
      "span", {}, el("strong", {}, device.name), " ",
      el("span", { class: `pill ${state[0]}` }, state[1]),
      el("div", { class: "quiet small" }, told),
    ),
    device.isNew && mayApprove
      ? el("button", { onclick: () => approve(device, poll) }, "Approve")
      : null,
  );
}

async function approve(device, poll) {
  try {
    await call("PATCH", `/v1/devices/${device.id}`, { body: { approved: true } });
    await poll.now();
    say(`${device.name} is approved; its punches count.`);
  } catch (error) {
    warn(error.message);
  }
}
