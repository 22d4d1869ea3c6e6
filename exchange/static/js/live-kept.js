// What a reader opened, selected or stands on in a post, or in the drawing of a thread's figures, is there
// again when that is drawn anew. Fetched with what draws it. What other files put into a post goes along
// when they hear `exchange:redrawn`: until then the new form stands where the old one stood, and nothing was painted.

// Before the old form goes: gives what is to be done once the new one stands.
export function held(shown) {
  const focused = shown.contains(document.activeElement) ? document.activeElement : null;
  const selected = selectedIn(shown);
  const opened = [...shown.querySelectorAll("details[open] > summary")].map((one) => finder(one, shown));
  const back = focused && finder(focused, shown);
  const scrolled = wideIn(shown).map((wide) => wide.scrollLeft);
  return (article) => {
    for (const find of opened) {
      const summary = find(article);
      if (summary) summary.parentElement.open = true;
    }
    document.dispatchEvent(new CustomEvent("exchange:redrawn", { detail: { shown, article } }));
    wideIn(article).forEach((wide, at) => scrolled[at] && (wide.scrollLeft = scrolled[at]));
    if (selected) select(article, selected);
    if (focused) focus(article, back(article));
  };
}

// What is too wide for its place scrolls sideways.
function wideIn(shown) {
  return [...shown.querySelectorAll(".half :is(table, pre), .scroll")];
}

// The same link, button, summary or word of another form: what it is called, its place among those that are
// called so, and else where it leads.
function finder(element, shown) {
  const like = (root) => [...root.querySelectorAll(element.localName)];
  const address = element.getAttribute("href");
  const [name, at] = [nameOf(element), like(shown).filter((one) => nameOf(one) === nameOf(element)).indexOf(element)];
  return (article) => {
    const same = like(article).filter((one) => nameOf(one) === name)[at];
    return same ?? (address && like(article).find((one) => one.getAttribute("href") === address)) ?? null;
  };
}

function nameOf(element) {
  return `${element.getAttribute("aria-label") ?? element.textContent.trim()} ${element.getAttribute("href") ?? ""}`;
}

// Whoever reads with the keyboard stays where they were, else at least on the post.
function focus(article, target) {
  article.tabIndex = -1;
  target?.focus({ preventScroll: true });
  if (!target || document.activeElement !== target) article.focus({ preventScroll: true });
}

// Selected words, by their places in the halves that have them

const HALVES = ".half";

function selectedIn(shown) {
  const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = getSelection();
  if (isCollapsed || !(shown.contains(anchorNode) || shown.contains(focusNode))) return null;
  return [placeOf(anchorNode, anchorOffset, shown), placeOf(focusNode, focusOffset, shown)];
}

// Either end of the selection may stand in another post.
function placeOf(node, offset, shown) {
  if (!shown.contains(node)) return { point: [node, offset] };
  const half = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(HALVES);
  if (!half) return {};
  const before = document.createRange();
  before.setStart(half, 0);
  before.setEnd(node, offset);
  return { half: [...shown.querySelectorAll(HALVES)].indexOf(half), at: before.toString().length, text: half.textContent };
}

function select(article, places) {
  const [from, to] = places.map((place) => place.point ?? pointOf(article, place));
  if (from && to) getSelection().setBaseAndExtent(...from, ...to);
}

// Null where the words are not the same any more.
function pointOf(article, { half, at, text }) {
  const now = article.querySelectorAll(HALVES)[half];
  if (!now || now.textContent !== text) return null;
  const walker = document.createTreeWalker(now, NodeFilter.SHOW_TEXT);
  let left = at;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left <= node.length) return [node, left];
    left -= node.length;
  }
  return null;
}
