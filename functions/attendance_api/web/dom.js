// Elements without markup: whatever comes from the service is set as text.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null));
  return node;
}

// Fill a place only if what it shows has changed, so that focus and scrolling stay.
export function fill(place, key, make) {
  const text = JSON.stringify(key);
  if (place.dataset.shows === text) return;
  place.dataset.shows = text;
  place.replaceChildren(...[make()].flat());
}

export function labelled(text, control) {
  return el("label", {}, text, control);
}

export function cell(label, ...children) {
  return el("td", { "data-label": label }, ...children);
}

export function say(text) {
  document.getElementById("status").textContent = text;
}

export function warn(text) {
  const notice = document.getElementById("notice");
  notice.textContent = text ?? "";
  notice.hidden = !text;
}

export function ask(title, body, confirm) {
  return new Promise((resolve) => {
    const form = el(
      "form", { method: "dialog", class: "stack" },
      el("h2", {}, title), ...body,
      el(
        "div", { class: "actions" },
        el("button", { value: "no", formnovalidate: true }, confirm ? "Cancel" : "Close"),
        confirm ? el("button", { value: "yes", class: "main" }, confirm) : null,
      ),
    );
    const dialog = el("dialog", { "aria-label": title }, form);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
