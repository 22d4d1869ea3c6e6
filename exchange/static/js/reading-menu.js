// The menu of reading help in a thread's bar. A member's choice is kept with the account, a stranger's in
// this browser.

const page = document.documentElement;
const menu = document.querySelector(".helps");
const DEFAULTS = { help: "tap", zhuyin: "", script: "written", saver: "" };

function mark() {
  for (const input of menu.querySelectorAll("input")) {
    input.checked = (page.dataset[input.name] || DEFAULTS[input.name]) === input.value;
  }
}

menu?.addEventListener("change", (event) => choose(event.target));

function choose({ name, type, checked, value }) {
  const chosen = type === "checkbox" ? (checked ? "on" : "off") : value;
  page.dataset[name] = chosen;
  remember(name, chosen);
  if (name === "saver") import("./photos.js").then((module) => module.keepLoaded());
  else if (name === "script") import("./scripts.js").then((module) => module.showAll());
  else import("./reading.js").then(() => document.dispatchEvent(new CustomEvent("exchange:help")));
}

function remember(name, chosen) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (page.dataset.user && token) {
    const form = new URLSearchParams({ [name]: chosen, csrfmiddlewaretoken: token });
    fetch(menu.dataset.keep, { method: "POST", body: form, keepalive: true }).catch(() => {});
    return;
  }
  try {
    localStorage.setItem(`exchange.${name}`, chosen);
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
}

document.addEventListener("click", (event) => {
  if (menu.open && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

export function start() {
  mark();
}

// What somebody chose before this file arrived counts: the page itself ticks nothing.
for (const input of menu?.querySelectorAll("input:checked") ?? []) {
  if ((page.dataset[input.name] || DEFAULTS[input.name]) !== input.value) choose(input);
}
if (menu) mark();
