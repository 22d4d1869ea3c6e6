// A post's pictures large, one after the other, over the page: by keys, by touch, and with their captions
// as the reader has them. Where a browser knows no dialogs the link leads to the picture's page.

const page = document.documentElement;
const words = document.getElementById("lightbox-words")?.dataset ?? {};
const LINKS = 'html:not([data-saver="on"]) .picture:not(.paper) a.frame, .large a.frame, .wanted:not(.paper) a.frame';
const SWIPE = 48; // px
const MOST_ENLARGED = 2; // times its own width
const ready = styled();
let box = null;
let links = []; // of the pictures that are gone through
let at = 0;

function styled() {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: words.styles ?? "" });
  const loaded = new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
  });
  document.head.append(link);
  return loaded;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(LINKS);
  const elsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || elsewhere || event.defaultPrevented) return;
  event.preventDefault();
  open(link);
});

export function start(event, link) {
  open(link);
}

async function open(link) {
  if (!("HTMLDialogElement" in window) || !words.styles) return location.assign(link.href);
  await ready;
  links = [...link.closest(".pictures").querySelectorAll(LINKS)];
  box ??= built();
  document.body.append(box.dialog);
  show(links.indexOf(link));
  if (!box.dialog.open) box.dialog.showModal();
  box.close.focus();
}

// What it is made of

function make(name, className, label) {
  const element = Object.assign(document.createElement(name), { className });
  if (name === "button") element.type = "button";
  if (label) element.setAttribute("aria-label", label);
  return element;
}

function built() {
  const dialog = make("dialog", "lightbox", words.name);
  const close = make("button", "close", words.close);
  const back = make("button", "step back", words.previous);
  const on = make("button", "step on", words.next);
  const count = make("p", "count");
  const told = make("p", "hush");
  const link = make("a", "whole");
  const stage = make("div", "stage");
  const said = make("div", "post words");
  const bar = make("div", "lightbox-bar");
  dialog.lang = page.lang;
  told.setAttribute("role", "status");
  count.setAttribute("aria-hidden", "true"); // `told` says it
  [close.textContent, back.textContent, on.textContent, link.textContent] = ["×", "‹", "›", words.open];
  bar.append(count, told, link, close);
  dialog.append(bar, back, stage, on, said);
  close.addEventListener("click", () => dialog.close());
  back.addEventListener("click", () => step(-1));
  on.addEventListener("click", () => step(1));
  dialog.addEventListener("click", (event) => [dialog, stage].includes(event.target) && dialog.close());
  dialog.addEventListener("close", closed);
  dialog.addEventListener("keydown", pressed);
  swipes(stage);
  return { dialog, close, back, on, count, told, link, stage, said };
}

// Back to the picture that was looked at last.
function closed() {
  box.stage.replaceChildren();
  box.dialog.remove();
  const link = links[at];
  // Its post may have been drawn anew.
  const same = [...document.querySelectorAll("a.frame")].find((one) => one.href === link?.href);
  (link?.isConnected ? link : same)?.focus();
}

// One picture

function step(by) {
  show(Math.max(0, Math.min(links.length - 1, at + by)));
}

function show(next) {
  at = next;
  const figure = links[at].closest(".picture");
  const shown = links[at].querySelector(".photo");
  const image = large(shown);
  box.stage.replaceChildren(image);
  box.stage.scrollTop = 0;
  box.stage.classList.toggle("scrolls", figure.matches(".tall"));
  box.stage.tabIndex = figure.matches(".tall") ? 0 : -1;
  if (shown.dataset.still) {
    import("./photos.js").then(({ pauseButton }) => image.isConnected && image.after(pauseButton(image)));
  }
  box.count.textContent = links.length > 1 ? `${at + 1} / ${links.length}` : "";
  const alt = Object.assign(document.createElement("span"), { lang: image.lang, dir: "auto", textContent: image.alt });
  box.told.replaceChildren(box.count.textContent && `${box.count.textContent}: `, alt);
  box.link.href = links[at].href;
  for (const [button, last] of [[box.back, 0], [box.on, links.length - 1]]) {
    button.hidden = links.length === 1;
    button.disabled = at === last;
    if (button.disabled && button === document.activeElement) box.close.focus();
  }
  caption(figure);
  for (const near of [links[at - 1], links[at + 1]]) if (near) large(near.querySelector(".photo"));
}

// As large as the screen has room for; what is fetched for a neighbour is there when it is shown.
function large(shown) {
  const image = make("img", "photo");
  const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const [width, height] = [shown.naturalWidth || shown.width, shown.naturalHeight || shown.height];
  const fits = shown.closest(".tall") ? 1 : Math.min(1, (innerHeight / innerWidth) * (width / height));
  const largest = Math.max(...[...shown.srcset.matchAll(/ (\d+)w/g)].map(([, px]) => Number(px)), 0);
  image.alt = shown.alt;
  image.lang = shown.lang;
  Object.assign(image.dataset, shown.dataset);
  image.decoding = "async";
  image.sizes = `${Math.round(Math.min(innerWidth * fits, MOST_ENLARGED * (largest || width)))}px`;
  if (shown.dataset.still && reduced) image.src = shown.dataset.still;
  else if (shown.srcset) image.srcset = shown.srcset;
  else image.src = shown.currentSrc || shown.src;
  image.draggable = false;
  return image;
}

// The caption's halves, as the page or its post shows them. Its words are not a text of the page's own.
function caption(figure) {
  const said = figure.querySelector(".said") ?? document.querySelector(".pictures.large .said");
  const shown = figure.closest("[data-show]")?.dataset.show;
  if (shown) box.said.dataset.show = shown;
  else delete box.said.dataset.show;
  box.said.replaceChildren(...(said ? said.cloneNode(true).childNodes : []));
  box.said.hidden = !said;
}

// Keys and touch

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || box.stage === document.activeElement && event.key.endsWith("End")) return;
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: links.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  if (to !== at) step(to - at);
}

// A finger that goes sideways turns to the next one. Two fingers are the browser's, and so is a page made larger.
function swipes(stage) {
  let from = null;
  const begin = (event) => {
    from = event.pointerType !== "mouse" && event.isPrimary ? { x: event.clientX, y: event.clientY } : null;
  };
  stage.addEventListener("pointerdown", begin);
  stage.addEventListener("pointercancel", () => {
    from = null;
  });
  stage.addEventListener("pointerup", (event) => {
    if (!from || (window.visualViewport?.scale ?? 1) > 1.01) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    from = null;
    if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) step(x < 0 ? 1 : -1);
  });
}
