// Switches between original, my language and both: the whole thread, or one post. The styles show what
// the attributes say; the words are all on the page already. The switches' own look is site.js's.

const page = document.documentElement;
const SWITCHES = ".views a[data-view], .shows a[data-show]";

document.addEventListener("click", (event) => {
  const link = event.target.closest(SWITCHES);
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  start(event, link);
});

export function start(event, link) {
  const post = link.closest("article");
  keepPlace(post ?? topPost(), () => (post ? showPost(post, link) : showThread(link)));
  document.dispatchEvent(new CustomEvent("exchange:view"));
}

function showPost(post, link) {
  post.dataset.show = link.dataset.show;
}

function showThread(link) {
  const view = link.dataset.view;
  page.dataset.view = view;
  for (const post of document.querySelectorAll("article[data-show]")) delete post.dataset.show;
  remember(view);
}

// A member's choice is kept with the account, a stranger's in this browser. The address stops asking
// for another one.
function remember(view) {
  const here = new URL(location.href);
  here.searchParams.delete("view");
  history.replaceState(history.state, "", here);
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (page.dataset.user && token) {
    const form = new URLSearchParams({ view, csrfmiddlewaretoken: token });
    fetch(document.querySelector(".views").dataset.keep, { method: "POST", body: form, keepalive: true }).catch(() => {});
    return;
  }
  try {
    localStorage.setItem("exchange.view", view);
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
}

// The post that is being read stays where it is, though those above it get longer or shorter.
function keepPlace(post, change) {
  const before = post?.getBoundingClientRect().top;
  change();
  if (post) scrollBy({ top: post.getBoundingClientRect().top - before, behavior: "instant" });
}

function topPost() {
  const bar = document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;
  const first = [...document.querySelectorAll("article.post")].find((post) => post.getBoundingClientRect().bottom > bar + 1);
  return first && first.getBoundingClientRect().top < bar ? first : null;
}
