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

export async function start(event, link) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (!document.documentElement.dataset.user || !token) return location.assign(link.href);
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  try {
    say(link, await ask(link.href, token));
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
  link.after(line);
  const focused = link === document.activeElement;
  link.remove();
  if (focused) line.focus();
  requestAnimationFrame(() => {
    line.textContent = words;
  });
}
