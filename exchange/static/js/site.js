// Small comforts on every page. All of it works without this file, only less kindly.

const page = document.documentElement;
const YEAR = 365 * 24 * 3600;

// The language switch: remember the choice, so that the bare address leads to it next time.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-language-code]");
  if (!link) return;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `django_language=${link.dataset.languageCode}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
});

// Times: the server writes UTC; here they become the reader's, near ones in words.
const language = page.lang;
const full = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
const dayOfYear = new Intl.DateTimeFormat(language, { month: "short", day: "numeric" });
const dayWithYear = new Intl.DateTimeFormat(language, { year: "numeric", month: "short", day: "numeric" });
const distance = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });

function inWords(at, now) {
  const seconds = Math.round((now - at) / 1000);
  if (seconds < 45) return distance.format(0, "second");
  if (seconds < 3600) return distance.format(-Math.max(1, Math.round(seconds / 60)), "minute");
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
  if (days === 0 || seconds < 6 * 3600) return distance.format(-Math.round(seconds / 3600), "hour");
  if (days < 7) return distance.format(-days, "day");
  return (at.getFullYear() === now.getFullYear() ? dayOfYear : dayWithYear).format(at);
}

function startOfDay(at) {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate());
}

function localise() {
  const now = new Date();
  for (const time of document.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const words = inWords(at, now);
    if (time.textContent !== words) time.textContent = words;
    if (!time.title) time.title = full.format(at);
  }
}

localise();
setInterval(localise, 60_000);
document.addEventListener("exchange:added", localise);

// A table too wide for its post scrolls: the keyboard has to be able to do that too.
function reachWideTables() {
  for (const table of document.querySelectorAll(".half table")) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
  }
}

reachWideTables();
window.addEventListener("resize", reachWideTables);
document.addEventListener("exchange:added", reachWideTables);

// Enter belongs to the input method while it composes. Safari ends the composition first and then
// sends the Enter that ended it, so a moment after the end counts too.
const AFTER_COMPOSING = 50;
let composing = false;
let composedAt = -Infinity;
document.addEventListener("compositionstart", () => {
  composing = true;
});
document.addEventListener("compositionend", (event) => {
  composing = false;
  composedAt = event.timeStamp;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.form) return;
  const ofInputMethod =
    composing || event.isComposing || event.keyCode === 229 || event.timeStamp - composedAt < AFTER_COMPOSING;
  if (ofInputMethod) {
    if (event.target.matches("input")) event.preventDefault();
  } else if ((event.ctrlKey || event.metaKey) && event.target.matches("textarea, input")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

// Leaving with words that were not sent asks first.
const sent = new WeakSet();
window.addEventListener("beforeunload", (event) => {
  const unsent = [...document.querySelectorAll("form textarea:not([readonly])")].some(
    (area) => area.value !== area.defaultValue && !sent.has(area.form),
  );
  if (unsent) event.preventDefault();
});

// One press sends once. After a while, or on coming back, the form can be sent again.
const PATIENCE = 10_000;

function release(form) {
  sent.delete(form);
  for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), PATIENCE);
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) release(form);
});

// A message that was read can be put away.
for (const button of document.querySelectorAll("[data-dismiss]")) {
  button.hidden = false;
  button.addEventListener("click", () => button.parentElement.remove());
}

// The person's menu closes like menus do.
const menu = document.querySelector("details.menu");
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
