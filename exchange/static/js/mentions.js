// Behind an @ in a composer: a list of the people one may mean, the thread's own first.
//
// The field stays a text field of its own role, for a textarea may not become a combobox: it names the
// list and the option, and a status line says that there is one.

import { insert } from "./insert.js";

const page = document.documentElement;
const FIELD = 'textarea[name^="body"]';
// What may stand before the sign and behind it, as languages/mentions.py has it. A space ends the
// search: a name with one is found by its first letters.
const CALL = /(?:^|[^\p{Script=Latin}0-9.+/\\@＠])[@＠]([\p{L}\p{M}\p{N}_.·'’-]{0,24})$/u;
const PAUSE = 120; // ms of rest before the server is asked
const EDGE = 8; // px between the list and the window's edge
// Safari ends a composition before it sends the Enter that ended it.
const AFTER_COMPOSING = 50;

let field = null; // that the list is open for
let call = null; // {at, end, name}: where the sign stands, and what follows it
let nobody = null; // the last call that found nobody: more letters cannot find somebody
let chosen = 0;
let timer = 0;
let request = null;
let composing = false;
let composedAt = -Infinity;

const list = document.createElement("ul");
Object.assign(list, { id: "mention-names", className: "mention-names", hidden: true });
list.setAttribute("role", "listbox");
const status = document.createElement("p");
status.className = "hush";
status.setAttribute("role", "status");
(document.querySelector("main") ?? document.body).append(list, status);

// What is typed

// Phones compose Latin words as well: what is composed is looked for like what is typed, and only the
// keys are the input method's.
document.addEventListener("compositionstart", () => {
  composing = true;
});
document.addEventListener("compositionend", (event) => {
  composing = false;
  composedAt = event.timeStamp;
  look(event.target);
});
document.addEventListener("input", (event) => look(event.target));
document.addEventListener("click", (event) => {
  if (event.target === field) close();
});
document.addEventListener("focusout", (event) => {
  if (event.target === field) close();
});
window.addEventListener("resize", () => close());

function look(area) {
  if (!area.matches?.(FIELD)) return;
  clearTimeout(timer);
  const found = callIn(area);
  const known = nobody && found?.at === nobody.at && found.name.startsWith(nobody.name);
  if (!found || known || !(found.name || threadOf(area))) close();
  else timer = setTimeout(() => ask(area, found), PAUSE);
}

function callIn(area) {
  const end = area.selectionEnd;
  if (area.selectionStart !== end) return null;
  const name = CALL.exec(area.value.slice(Math.max(0, end - 30), end))?.[1];
  return name === undefined ? null : { name, end, at: end - name.length - 1 };
}

function threadOf(area) {
  return /\/threads\/(\d+)\/posts\/$/.exec(area.form?.action ?? "")?.[1] ?? "";
}

async function ask(area, asked) {
  request?.abort();
  request = new AbortController();
  const query = new URLSearchParams({ q: asked.name, thread: threadOf(area) });
  let answer;
  try {
    const response = await fetch(`/${page.dataset.language}/people/names/?${query}`, { signal: request.signal });
    if (!response.ok) return;
    answer = await response.json();
  } catch {
    return; // a newer question, or no network: the name can be typed
  }
  const now = callIn(area);
  if (document.activeElement !== area || now?.at !== asked.at || now.name !== asked.name) return;
  if (answer.names.length) {
    open(area, asked, answer);
  } else {
    nobody = asked.name ? asked : null;
    close();
  }
}

// The list

function open(area, asked, answer) {
  [field, call] = [area, asked];
  list.replaceChildren(...answer.names.map(option));
  list.setAttribute("aria-label", answer.label);
  list.hidden = false;
  place();
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-haspopup", "listbox");
  area.setAttribute("aria-controls", list.id);
  choose(0);
  status.textContent = answer.said;
}

function close() {
  clearTimeout(timer);
  request?.abort();
  field?.removeAttribute("aria-activedescendant");
  field?.removeAttribute("aria-controls");
  field = null;
  list.hidden = true;
  status.textContent = "";
}

function option(name, number) {
  const item = document.createElement("li");
  Object.assign(item, { id: `mention-name-${number}`, textContent: name, dir: "auto", translate: false });
  item.setAttribute("role", "option");
  return item;
}

function choose(number) {
  const items = [...list.children];
  chosen = (number + items.length) % items.length;
  items.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
  items[chosen].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", items[chosen].id);
}

function take(item) {
  const [area, { at }] = [field, call];
  const now = callIn(area); // more may have been typed than the list has heard of
  close();
  if (now?.at === at) insert(area, `${item.textContent} `, at + 1, now.end);
}

// Pressing on the list leaves the focus, and with it the keyboard of a phone, where it is.
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const item = event.target.closest("[role=option]");
  if (item && field) take(item);
});

const KEYS = {
  ArrowDown: () => choose(chosen + 1),
  ArrowUp: () => choose(chosen - 1),
  Enter: () => take(list.children[chosen]),
  Tab: () => take(list.children[chosen]),
  Escape: close,
};

// Before everybody else's keys: while the list is open these are its own.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.target !== field || isOfInputMethod(event)) return;
    if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) close();
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  },
  true,
);

function isOfInputMethod(event) {
  return composing || event.isComposing || event.keyCode === 229 || event.timeStamp - composedAt < AFTER_COMPOSING;
}

// Under the sign, or above it where there is no room below.
function place() {
  const sign = boxOf(field, call.at);
  const frame = field.getBoundingClientRect();
  const [left, top] = [frame.left + sign.left - field.scrollLeft, frame.top + sign.top - field.scrollTop];
  const ground = (list.offsetParent ?? document.body).getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = list;
  const below = top + sign.height;
  const fits = below + height <= (window.visualViewport?.height ?? window.innerHeight) || top < height;
  const inside = Math.max(EDGE, Math.min(left, page.clientWidth - width - EDGE));
  list.style.left = `${inside - ground.left}px`;
  list.style.top = `${(fits ? below : top - height) - ground.top}px`;
}

// What decides where the words of a field break.
const LOOK = (
  "fontFamily fontSize fontWeight letterSpacing lineHeight paddingTop paddingRight paddingBottom paddingLeft " +
  "borderTopWidth borderRightWidth borderBottomWidth borderLeftWidth direction textAlign tabSize wordBreak lineBreak"
).split(" ");

// Where a character stands in a text field: a copy of the field's look and words tells.
function boxOf(area, position) {
  const copy = document.createElement("div");
  const look = getComputedStyle(area);
  for (const name of LOOK) copy.style[name] = look[name];
  Object.assign(copy.style, {
    position: "absolute",
    visibility: "hidden",
    boxSizing: "border-box",
    borderStyle: "solid",
    width: `${area.clientWidth + parseFloat(look.borderLeftWidth) + parseFloat(look.borderRightWidth)}px`,
    whiteSpace: "pre-wrap",
    overflowWrap: "break-word",
  });
  const mark = document.createElement("span");
  mark.textContent = area.value.slice(position, position + 1);
  copy.append(area.value.slice(0, position), mark);
  document.body.append(copy);
  const box = { left: mark.offsetLeft, top: mark.offsetTop, height: mark.offsetHeight };
  copy.remove();
  return box;
}

// What was typed while this file was on its way.
export function start(event, area) {
  look(area);
}
