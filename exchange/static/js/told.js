// What people are told changes with the rule, the time and the posts that a moderator chooses. Without
// this a button shows it anew.

let latest = 0;

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-told]");
  if (form && event.target.name !== "note") tell(form);
});

async function tell(form) {
  const mine = (latest += 1);
  const { action } = form; // a dialog may be about something else when the answer comes
  const sent = new FormData(form);
  sent.set("preview", "1");
  try {
    const answer = await fetch(action, { method: "POST", body: sent, headers: { Accept: "application/json" } });
    if (answer.ok && mine === latest && form.action === action) show(form, (await answer.json()).notices);
  } catch {
    // The network is away: the button is still there.
  }
}

// As many as there are now: other posts have authors who read other languages.
function show(form, notices) {
  const place = form.querySelector("[data-notice]");
  place.querySelector("[data-no-rule]")?.toggleAttribute("hidden", form.elements.reason.value !== "");
  place.querySelector("[data-nobody]")?.toggleAttribute("hidden", notices.length > 0);
  const like = place.querySelector("template").content.firstElementChild;
  place.querySelector("[data-notices]").replaceChildren(...notices.map((told) => article(like, told)));
}

function article(like, { language, name, title, body }) {
  const made = like.cloneNode(true);
  made.lang = language;
  made.querySelector("p").textContent = name;
  made.querySelector("h3").textContent = title;
  made.querySelector("[data-body]").replaceChildren(...body.split("\n\n").map(paragraph));
  return made;
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
