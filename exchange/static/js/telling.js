// Tells the site what was typed, and asks it whether what was sent arrived.

import { forget, places, read } from "./copies.js";

const MOST_KEPT_ALIVE = 60_000; // bytes; browsers refuse more than 64 KiB of a page that goes away
const page = document.documentElement;

// What the site answered: its status, 0 without a network, and what it says in JSON.
export async function tell(address, fields, leaving = false, fresh = "") {
  const tokens = document.querySelectorAll("[name=csrfmiddlewaretoken]");
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: fresh || (tokens[0]?.value ?? "") });
  const keepalive = leaving && body.toString().length < MOST_KEPT_ALIVE;
  try {
    const answer = await fetch(address, { method: "POST", body, keepalive, headers: { Accept: "application/json" } });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    const said = isJson ? await answer.json() : {};
    if (said.token && said.user === page.dataset.user && !fresh) {
      // Logged in again in another tab: the page's forms can be sent again.
      for (const field of tokens) field.value = said.token;
      return tell(address, fields, leaving, said.token);
    }
    return { ...said, status: answer.status };
  } catch {
    return { status: 0 };
  }
}

// Whether a copy's words reached the site, as a post or, now at the latest, as a draft.
export async function arrived({ words: now, base: draft_version, sent: client_id, draft }) {
  const answer = await tell(draft, { ...now, client_id, draft_version });
  return Boolean(answer.sent);
}

// Copies of forms that are elsewhere: what was sent goes once it arrived; before somebody logs out the
// site is given all it will take.
export async function settle() {
  const here = [...document.querySelectorAll("form[data-place]")].map((form) => form.dataset.place);
  const all = document.querySelector("form[data-log-out]");
  for (const place of places().filter((name) => !here.includes(name))) {
    const copy = read(place);
    if (!copy?.draft || !(all || copy.sent)) continue;
    const { words: now, base: draft_version, sent: client_id = "", draft } = copy;
    const answer = await tell(draft, { ...now, client_id, draft_version }, true);
    if (answer.sent || (answer.status === 200 && answer.version)) forget(place);
  }
}
