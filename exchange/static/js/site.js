// What every page needs at once, and the table of what is fetched when somebody first needs it: a
// page that is only read stays small. All of it works without scripts, only less kindly.

const page = document.documentElement;
const YEAR = 365 * 24 * 3600;

// The language switch: remember the choice, so that the bare address leads to it next time.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-language-code]");
  if (!link) return;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `django_language=${link.dataset.languageCode}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
});

// Times: the server writes UTC; here they become the reader's, near ones in words, in the language
// of the words around them.
const formats = {};

function formatsIn(language) {
  formats[language] ??= {
    full: new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }),
    dayOfYear: new Intl.DateTimeFormat(language, { month: "short", day: "numeric" }),
    dayWithYear: new Intl.DateTimeFormat(language, { year: "numeric", month: "short", day: "numeric" }),
    hour: new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    distance: new Intl.RelativeTimeFormat(language, { numeric: "auto", style: language.startsWith("zh") ? "long" : "short" }),
  };
  return formats[language];
}

function inWords(at, now, justNow, { dayOfYear, dayWithYear, hour, distance }) {
  const seconds = Math.round((now - at) / 1000);
  if (seconds < 45) return justNow;
  if (seconds < 3600) return distance.format(-Math.max(1, Math.floor(seconds / 60)), "minute");
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
  if (days === 0) return distance.format(-Math.floor(seconds / 3600), "hour");
  if (days === 1) return `${distance.format(-1, "day")} ${hour.format(at)}`;
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
    const format = formatsIn(time.closest("[lang]").lang);
    const words = inWords(at, now, time.closest("[data-now]").dataset.now, format);
    if (time.textContent !== words) time.textContent = words;
    if (!time.title) time.title = format.full.format(at);
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
document.addEventListener("exchange:redrawn", reachWideTables); // one of them may have the focus

// Which halves are shown, the thread's switch and each post's say: neither the page nor a post in it can
// know what a stranger chose in this browser.
function markViews() {
  const view = page.dataset.view ?? "both";
  for (const link of document.querySelectorAll(".views a")) mark(link, link.dataset.view === view);
  for (const link of document.querySelectorAll(".shows a")) {
    mark(link, link.dataset.show === shownOf(link.closest("article"), view));
  }
}

// As the styles have it (thread.css, "Which halves").
function shownOf(post, view) {
  if (post.dataset.show) return post.dataset.show;
  if (view !== "mine") return view;
  const { original, other } = post.querySelector(".two").dataset;
  const theirs = other.split(" ").includes(page.dataset.reads);
  return theirs && original !== page.dataset.reads ? "other" : "original";
}

function mark(link, chosen) {
  if (chosen) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

markViews();
document.addEventListener("exchange:added", markViews);
document.addEventListener("exchange:view", markViews);

// A message that was read can be put away.
for (const button of document.querySelectorAll("[data-dismiss]")) {
  button.hidden = false;
  button.addEventListener("click", () => button.parentElement.remove());
}

// The keys have their help where the browser knows dialogs: Firefox does from 98 on.
const help = document.querySelector("button[data-help]");
if (help) help.hidden = !("HTMLDialogElement" in window);

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
    // By the button that sends, which shows that it is on its way.
    const { form } = event.target;
    (form.querySelector("button.btn") ?? [...form.elements].find((part) => part.type === "submit"))?.click();
  }
});

// What is told while it happens: to members on every page, to everybody in a thread and beside a list.
const told = [...document.querySelectorAll("[data-scope]")].map(({ dataset: { scope, since, changes } }) => {
  return [scope, { since: since ? Number(since) : null, changes }];
});
if (page.dataset.user && document.querySelector(".bell")) {
  const scope = `user.${page.dataset.user}`;
  told.push([scope, { changes: `/${page.dataset.language}/changes?scope=${scope}` }]);
}
if (told.length) import("./live.js").then(({ watch }) => told.forEach((one) => watch(...one)));

// The rest. A module's `start` gets the event that asked for it; a click waits for it, and goes
// where its link or form leads if the module cannot be had.
const LATER = [
  [["focusin", "pointerdown"], "form[method=post]", () => import("./forms.js")],
  [["focusin", "pointerover"], "form[data-place]", () => import("./drafts.js")],
  [["click"], "[data-discard]", () => import("./drafts.js")],
  [["focusin"], "form[data-place]", () => import("./language.js")],
  [["focusin"], "form[data-place]", () => import("./letters.js")],
  [["focusin", "pointerdown"], "form[data-htmx]", () => import("./send.js")],
  [["focusin", "pointerdown"], "form[data-htmx]", () => import("./preview.js")],
  [["focusin", "pointerdown"], "[data-figures]", () => import("./figures.js")],
  [["click"], '[data-saver="on"] .pictures:not(.large) .picture:not(.wanted) a.frame', () => import("./photos.js")],
  [["click"], 'html:not([data-saver="on"]) .picture:not(.paper) a.frame, .large a.frame, .wanted:not(.paper) a.frame', () => import("./lightbox.js")],
  [["focusin", "pointerdown", "dragenter"], "form[data-draft]", () => import("./pictures.js")],
  [["click"], "a.act", () => import("./acts.js")],
  [["focusin", "pointerdown"], "form[data-told]", () => import("./told.js")],
  [["click"], "a.veil", () => import("./veil.js")],
  [["click"], ".views a, .shows a", () => import("./view.js")],
  [["focusin"], '[data-user]:not([data-user=""]) textarea[name^="body"]', () => import("./mentions.js")],
  [["focusin"], "#reply textarea[name=body]", () => import("./live-typing.js")],
  [["click"], "a.please", () => import("./ask.js")],
  [["click"], "[data-machine-switch]", () => import("./machine.js")],
  [["focusin", "pointerover", "pointerdown"], "#posts", async () => "Translator" in self && import("./device.js")],
  [["click"], "button[data-help]", () => import("./shortcuts.js")],
  [["pointerup"], 'html:not([data-help="off"]) :is(.post .half, .page-head [data-passage], .proposal [data-passage])', () => import("./reading.js")],
  [["click"], "a.word-help", () => import("./reading.js")],
  [["focusin", "pointerdown"], ".helps", () => import("./reading-menu.js")],
  [["click"], "a.script", () => import("./scripts.js")],
  [["pointerdown"], "#posts", () => import("./quote.js")],
  [["click"], "a.answer", () => import("./quote.js")],
];

for (const [types, selector, load] of LATER) {
  const ask = (event) => {
    const wanted = event.target.closest?.(selector);
    if (!wanted) return;
    const waits = event.type === "click" && isPlain(event);
    if (event.type === "click" && !waits) return;
    for (const type of types) document.removeEventListener(type, ask, true);
    if (waits) event.preventDefault();
    load().then(
      (module) => module.start?.(event, wanted),
      () => waits && (wanted.form ? wanted.form.submit() : location.assign(wanted.href)),
    );
  };
  for (const type of types) document.addEventListener(type, ask, true);
  // What had the focus before this file arrived asks as well.
  if (types.includes("focusin") && document.activeElement?.closest(selector)) {
    ask({ target: document.activeElement, type: "focusin" });
  }
}

// Readings over words and another script are wanted without being asked for on each page.
if (document.querySelector(".helps")) {
  if (["rare", "all"].includes(page.dataset.help)) import("./reading.js");
  if (!["", "written"].includes(page.dataset.script ?? "")) import("./scripts.js");
}

// In a time of attack a browser works a little before its person may sign up: it begins at once.
if (document.querySelector("[data-proof]")) import("./proof.js");

// What moves can be stopped from the start on.
if (document.querySelector("[data-still]")) import("./photos.js");
document.addEventListener("exchange:added", () => document.querySelector("[data-still]") && import("./photos.js"));

// Words that nothing but this page or this device has are seen to at once, not only when a box is entered.
if (document.querySelector("form[data-unsaved]")) {
  import("./drafts.js");
  import("./forms.js");
}
try {
  if (Object.keys(localStorage).some((key) => key.startsWith("exchange.draft."))) import("./drafts.js");
} catch {
  // Storage may be forbidden.
}

// A click that would open another tab is the browser's own.
function isPlain(event) {
  return !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

// The moderation desk, and what can be taken back, have keys of their own.
const keyed = [...document.querySelectorAll("[data-keys]")];
if (keyed.length) import("./desk.js");

// Single keys, for who has not turned them off: never while one types or an input method works.
document.addEventListener("keydown", (event) => {
  const free = !event.target.closest("input, textarea, select, [contenteditable], dialog") && !event.isComposing;
  const bare = !(event.ctrlKey || event.metaKey || event.altKey) && event.keyCode !== 229;
  const own = keyed.some((element) => element.dataset.keys.includes(event.key));
  if (!free || !bare || composing || !(own || "jkrqevng?hm".includes(event.key)) || "noShortcuts" in page.dataset) return;
  event.preventDefault();
  (own ? import("./desk.js") : import("./shortcuts.js")).then((module) => module.press(event.key));
});

// Where one is in a long thread is of interest once one moves.
if (document.querySelector("[data-progress]")) {
  document.addEventListener("scroll", () => import("./progress.js"), { once: true, passive: true });
}

// A page that was turned with `j` or `k` goes on where the last one ended.
try {
  const step = sessionStorage.getItem("exchange.step");
  sessionStorage.removeItem("exchange.step");
  if (step) import("./shortcuts.js").then((module) => module.arrive(Number(step)));
} catch {
  // Storage may be forbidden.
}

// The first page of a visit costs nothing more; from the second on a page without a network is worth it.
try {
  if ("serviceWorker" in navigator && sessionStorage.getItem("exchange.seen")) import("./offline.js");
  sessionStorage.setItem("exchange.seen", "1");
} catch {
  // Storage may be forbidden.
}
