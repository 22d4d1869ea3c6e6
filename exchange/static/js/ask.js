// "Ask for a translation" without leaving the thread. Where that does not work the link leads to the page
// whose first button does the same.

const LINK = "a.please";

document.addEventListener("click", (event) => {
  const link = event.target.closest(LINK);
  const elsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || elsewhere || event.defaultPrevented) return;
  event.preventDefault();
  start(event, link);
});

// What was said stays where the link was, in a post that is drawn anew.
document.addEventListener("exchange:redrawn", ({ detail: { shown, article } }) => {
  for (const line of shown.querySelectorAll(".asked-for")) linkTo(line.dataset.asked, article)?.replaceWith(line);
});

function linkTo(address, place = document) {
  return [...place.querySelectorAll(LINK)].find((link) => link.href === address);
}

export async function start(event, link) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (!document.documentElement.dataset.user || !token) return location.assign(link.href);
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  try {
    const said = await ask(link.href, token);
    const there = link.isConnected ? link : linkTo(link.href);
    if (there) say(there, said);
  } catch {
    location.assign(link.href);
  }
}

async function ask(address, token) {
  const answer = await fetch(`${address}request/`, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams({ csrfmiddlewaretoken: token }),
  });
  return (await answer.json()).said ?? Promise.reject(new Error(`${answer.status}`));
}

// The line is there before its words, so that it is read out; the link has done its work.
function say(link, words) {
  const line = document.createElement("span");
  Object.assign(line, { className: "asked-for", role: "status", tabIndex: -1 });
  line.setAttribute("role", "status");
  line.dataset.asked = link.href;
  link.after(line);
  const focused = link === document.activeElement;
  link.remove();
  if (focused) line.focus();
  requestAnimationFrame(() => {
    line.textContent = words;
  });
}
