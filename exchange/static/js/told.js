// What the person concerned is told changes with the rule and the time that a moderator chooses. Without
// this a button shows it anew.

let latest = 0;

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-told]");
  if (form && event.target.name !== "note") tell(form);
});

async function tell(form) {
  const mine = (latest += 1);
  const sent = new FormData(form);
  sent.set("preview", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "application/json" } });
    if (answer.ok && mine === latest) show(form, (await answer.json()).notices);
  } catch {
    // The network is away: the button is still there.
  }
}

function show(form, notices) {
  form.querySelector("[data-no-rule]")?.toggleAttribute("hidden", form.elements.reason.value !== "");
  for (const [at, article] of [...form.querySelectorAll("[data-notice] article")].entries()) {
    const { title, body } = notices[at];
    article.querySelector("h3").textContent = title;
    article.querySelector("[data-body]").replaceChildren(...body.split("\n\n").map(paragraph));
  }
}

function paragraph(text) {
  const made = document.createElement("p");
  for (const [at, line] of text.split("\n").entries()) {
    if (at) made.append(document.createElement("br"));
    made.append(line);
  }
  return made;
}

// The choice that this file was fetched for may have been made before it came.
export function start(event, form) {
  if (form.elements.reason.value !== "") tell(form);
}
