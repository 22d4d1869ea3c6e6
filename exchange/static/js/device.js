// "Translate on this device": the browser's own translator, where it has one. A post that no person has
// translated for this reader gets a button. What it makes is put in as text, is kept nowhere and sent
// to nobody; the model comes from the browser's maker, which the note says before.

const page = document.documentElement;
const posts = document.getElementById("posts");
const words = document.getElementById("device-words")?.dataset ?? {};
const ORIGINAL = ":scope > .halves .original"; // its own words: captions have their own acts
const BLOCKS = "p, li, h3, h4, h5, h6, td, th";
const MADE = ":scope > .device:not([data-failed])"; // or being made

document.addEventListener("exchange:added", offer);
// A post is drawn anew, as when a translation of it came: what is read here stays, as long as it is of the
// same words.
document.addEventListener("exchange:redrawn", ({ detail: { shown, article } }) => {
  const whole = shown.querySelector(":scope > .device");
  if (whole && written(article) === written(shown)) article.querySelector(".halves").after(whole);
  offer();
});

export function start() {
  offer();
}

function offer() {
  for (const post of posts?.querySelectorAll("article.post") ?? []) {
    if (wanted(post) && !post.querySelector(`.on-device, ${MADE}`)) post.querySelector(":scope > .acts")?.append(button(post));
  }
}

// Written in one language, which the reader does not read, and by nobody in theirs.
function wanted(post) {
  const reads = (page.dataset.reads ?? "").split(" ");
  const source = post.lang.split("-")[0];
  const human = (post.dataset.human ?? "").split(" ");
  if (!post.querySelector(ORIGINAL)) return false;
  return ["en", "zh"].includes(source) && !reads.includes(source) && !reads.some((code) => human.includes(code));
}

function button(post) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "as-link on-device", textContent: words.device, title: words.deviceNote });
  made.addEventListener("click", () => translate(post));
  return made;
}

// Its box says which form of the post is on the page by now.
async function translate(post) {
  if (post.querySelector(MADE)) return;
  const place = box(post);
  const pair = { sourceLanguage: named(post.lang), targetLanguage: named(target()) };
  try {
    if ((await Translator.availability(pair)) === "unavailable") throw new Error("unavailable");
    const translator = await Translator.create({ ...pair, monitor: (model) => watch(model, place.status) });
    try {
      place.status.textContent = words.deviceWorking;
      await fill(place.whole, translator, place.text);
    } finally {
      translator.destroy();
    }
    place.status.textContent = words.deviceMade;
    place.whole.parentElement.querySelector(":scope > .acts .on-device")?.remove();
  } catch {
    place.text.remove();
    place.status.textContent = words.deviceFailed;
    place.whole.dataset.failed = "";
    offer();
  }
}

function target() {
  const reads = (page.dataset.reads ?? "").split(" ")[0];
  return reads === "zh" ? (page.lang.startsWith("zh") ? page.lang : "zh-Hans") : reads;
}

// What the browsers call it: plain `zh` is Simplified.
function named(language) {
  return language === "zh-Hans" ? "zh" : language;
}

function watch(model, status) {
  model.addEventListener("downloadprogress", (event) => {
    status.textContent = words.deviceComing.replace("{share}", `${Math.round(event.loaded * 100)} %`);
  });
}

function box(post) {
  post.querySelector(".device")?.remove();
  const whole = document.createElement("div");
  const text = document.createElement("div");
  const status = document.createElement("p");
  const note = document.createElement("p");
  whole.className = "half other device";
  Object.assign(text, { lang: target(), dir: "auto" });
  Object.assign(status, { className: "source", lang: page.lang });
  status.setAttribute("role", "status");
  Object.assign(note, { className: "source", lang: page.lang, textContent: words.deviceNote });
  whole.append(text, status, note);
  post.querySelector(".halves").after(whole);
  return { whole, text, status };
}

async function fill(whole, translator, text) {
  for (const block of blocks(whole.parentElement)) {
    const line = document.createElement("p");
    line.textContent = await translator.translate(block);
    if (!whole.isConnected) return; // the words changed: it is offered anew
    text.append(line);
  }
}

// The post's own words, however they are divided; readings over them are not of them.
function written(post) {
  const copies = [...post.querySelectorAll(ORIGINAL)].map((half) => half.cloneNode(true));
  for (const copy of copies) for (const rt of copy.querySelectorAll("rt, rp")) rt.remove();
  return copies.map((copy) => copy.textContent).join("").replace(/\s+/g, "");
}

// The innermost blocks of the original, as text. Code is nobody's language.
function blocks(post) {
  const halves = [...post.querySelectorAll(ORIGINAL)];
  const found = halves.flatMap((half) => [...half.querySelectorAll(BLOCKS)]);
  const innermost = found.filter((block) => !block.querySelector(BLOCKS) && !block.closest("pre"));
  return innermost.map((block) => block.innerText.trim()).filter(Boolean);
}
