// Says while one types which language a text looks written in. A question is asked only where that
// contradicts something: the author's own choice, or another half in the same language.

const PAUSE = 400; // ms without typing
const FAMILY = { en: "en", "zh-hans": "zh", "zh-hant": "zh" };
const HTML_LANG = { en: "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant" };
const watched = new WeakMap();
let composing = false;

document.addEventListener("compositionstart", () => {
  composing = true;
});
document.addEventListener("compositionend", (event) => {
  composing = false;
  soon(event.target.form);
});
document.addEventListener("input", (event) => {
  if (event.target.matches("textarea[name=body], textarea[name=body_other]")) soon(event.target.form);
});
document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-language]")) show(event.target.form, watched.get(event.target.form)?.looks ?? {});
});

export function start(event, form) {
  soon(form);
}

function soon(form) {
  if (!form?.querySelector("select[data-language]") || composing) return;
  const state = watched.get(form) ?? {};
  watched.set(form, state);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => ask(form, state), PAUSE);
}

async function ask(form, state) {
  const select = form.querySelector("select[data-language]");
  const words = new URLSearchParams({ body: form.elements.body.value, body_other: form.elements.body_other.value });
  if (state.asked === words.toString()) return;
  state.asked = words.toString();
  state.abort?.abort();
  state.abort = new AbortController();
  try {
    const answer = await fetch(select.dataset.language, { method: "POST", body: words, signal: state.abort.signal });
    if (!answer.ok) return;
    state.looks = await answer.json();
    show(form, state.looks);
  } catch {
    state.asked = null; // no network: the server finds out when the text is sent
  }
}

function show(form, looks) {
  const select = form.querySelector("select[data-language]");
  const detect = select.options[0];
  detect.dataset.text ??= detect.textContent;
  detect.textContent = looks.body ? select.dataset.found.replace("{found}", name(select, looks.body)) : detect.dataset.text;
  if (looks.body) detect.lang = "mul"; // a language's own name beside the page's word
  else detect.removeAttribute("lang");
  nameOtherHalf(form, FAMILY[select.value || looks.body]);
  speak(form.elements.body, select.value || looks.body);
  speak(form.elements.body_other, looks.body_other);
  question(form, select, looks);
}

// The field's letters come from its own language's font, and a screen reader's voice is the right one.
function speak(area, code) {
  if (code in HTML_LANG) area.lang = HTML_LANG[code];
  else area.removeAttribute("lang");
}

function name(select, code) {
  return [...select.options].find((option) => option.value === code)?.textContent ?? code;
}

// "The same in the other language" is called by its name as soon as it is known.
function nameOtherHalf(form, family) {
  const summary = form.querySelector("details.more > summary");
  summary.dataset.text ??= summary.textContent;
  summary.textContent = { en: summary.dataset.zh, zh: summary.dataset.en }[family] ?? summary.dataset.text;
}

function question(form, select, looks) {
  const line = form.querySelector("[data-ask]");
  const [words, button] = line.children;
  const [first, second] = [FAMILY[looks.body], FAMILY[looks.body_other]];
  const mismatch = select.value && first && FAMILY[select.value] && FAMILY[select.value] !== first;
  const same = first && first === second && !form.elements.same_language?.checked && !line.dataset.meant;
  line.hidden = !mismatch && !same;
  if (line.hidden) return;
  const found = name(select, looks.body);
  const text = mismatch ? line.dataset.mismatch.replace("{chosen}", name(select, select.value)) : line.dataset.same;
  words.textContent = text.replace("{found}", found);
  button.textContent = mismatch ? button.dataset.askYes.replace("{found}", found) : button.dataset.askSame;
  button.onclick = () => {
    if (mismatch) select.value = "";
    else meant(form, line);
    line.hidden = true;
    form.elements[mismatch ? "language" : "body_other"].focus();
  };
}

// The box that the server would ask for: the answer is given already.
function meant(form, line) {
  line.dataset.meant = "";
  if (form.elements.same_language) form.elements.same_language.checked = true;
  else form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "same_language", value: "on" }));
}
