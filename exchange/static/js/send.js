// Sends a reply and fetches a preview without leaving the page: htmx does it, by what the form says.
// It is fetched when somebody begins to write. Without it the form sends itself as forms do.

const PLACE = "form[data-htmx]";

export function start(event, form) {
  if (window.htmx || document.querySelector("script[data-swaps]")) return;
  trust();
  const script = document.createElement("script");
  script.src = form.dataset.htmx;
  script.dataset.swaps = "coming";
  script.addEventListener("load", () => {
    script.dataset.swaps = "ready";
  });
  document.head.append(script);
}

// htmx puts the site's own answers into the page as text; it asks nobody else (selfRequestsOnly).
function trust() {
  if (!window.trustedTypes || trustedTypes.defaultPolicy) return;
  trustedTypes.createPolicy("default", { createHTML: (html) => html, createScriptURL: (address) => address });
}

// The live frame of the same reply may have been faster: one post stands once.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const article = event.detail.fragment.querySelector?.("article") ?? event.detail.elt?.querySelector?.("article");
  const shown = article && document.getElementById(article.id);
  if (!shown) return;
  shown.replaceWith(article);
  event.detail.shouldSwap = false;
});

// A page instead of a form (logged out meanwhile): the browser sends it, and shows that page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr } = event.detail;
  if (!target.matches(PLACE) || xhr.status !== 403 || xhr.responseText.includes('id="reply"')) return;
  event.detail.shouldSwap = false;
  target.submit();
});

// A page instead of the rows that a step asked for (logged out meanwhile): what is being written stays, and
// its form says why. The draft, asked to be saved once more, finds out whether somebody is logged in again.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { target, xhr } = detail;
  const rows = ["data-pictures", "data-figures"].find((name) => target.hasAttribute(name));
  if (!rows || xhr.responseText.includes(rows)) return;
  detail.shouldSwap = false;
  const form = target.closest(PLACE);
  const status = form.querySelector("[data-draft-status]");
  status.textContent = xhr.status === 403 ? status.dataset.loggedOut : status.dataset.failed;
  form.querySelector("[data-draft-log-in]").hidden = xhr.status !== 403;
  document.dispatchEvent(new CustomEvent("exchange:failed", { detail: form }));
  target.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("htmx:afterSwap", (event) => {
  const { target, xhr } = event.detail;
  const form = document.querySelector("#reply");
  if (!form || target.id !== "reply") return;
  document.dispatchEvent(new CustomEvent("exchange:form", { detail: { form, taken: xhr.status === 200 } }));
  if (xhr.status !== 200) {
    form.querySelector("#errors, [role=alert]")?.focus();
    return;
  }
  const added = [...document.querySelectorAll("#posts .place.own article")].at(-1);
  document.dispatchEvent(new CustomEvent("exchange:added", { detail: added }));
  added?.scrollIntoView({ block: "nearest" });
  form.elements.body.focus({ preventScroll: true });
});

for (const type of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(type, (event) => {
    const form = event.detail.elt.closest(PLACE);
    const status = form?.querySelector("[data-draft-status]");
    if (status) status.textContent = status.dataset.failed;
    if (form) document.dispatchEvent(new CustomEvent("exchange:failed", { detail: form }));
  });
}
