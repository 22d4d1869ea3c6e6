// Acts that need a reason (report, hide, lock, pin) ask for it in the page's one dialog. Each act
// is a link to a page that does the same, which opens where there is no dialog.

import { parsed } from "./nodes.js";

const dialog = document.getElementById("act");
const form = dialog?.querySelector("form");
let asked = null; // the link that opened it

if (typeof dialog?.showModal === "function") {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.act");
    const elsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (!link || elsewhere || event.defaultPrevented) return;
    event.preventDefault();
    ask(link);
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  // The browser gives the focus back to the link; its post may have been drawn anew meanwhile.
  dialog.addEventListener("close", () => {
    if (asked?.isConnected) return;
    [...document.querySelectorAll("a.act")].find((link) => link.href === asked?.href)?.focus();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && dialog.open) dialog.close();
  });
}

function ask(link) {
  form.reset();
  form.action = link.href;
  carry("_method", link.hasAttribute("data-undo") ? "DELETE" : "");
  carry("version", link.dataset.version ?? ""); // of the words that are on the page
  askAbout(told(link) === "moderators" ? link : null);
  offerToBlock(link.hasAttribute("data-pictures"));
  const number = link.closest("article")?.querySelector(".number")?.textContent ?? "";
  dialog.querySelector("#act-title").textContent = `${link.textContent.trim()} ${number}`.trim();
  for (const line of form.querySelectorAll("[data-told]")) line.hidden = line.dataset.told !== told(link);
  dialog.toggleAttribute("data-room", told(link) === "everybody");
  asked = link;
  dialog.showModal();
  sayWhatItDoes(link);
}

// What a moderator's act does and what people are told of it, as its page says. Where that does not
// come, the dialog works without.
async function sayWhatItDoes(link) {
  const place = form.querySelector("[data-looked-at]");
  place.replaceChildren();
  form.toggleAttribute("data-told", false);
  if (told(link) === "moderators") return;
  try {
    const answer = await fetch(link.href);
    const page = parsed(answer.ok ? await answer.text() : "");
    if (asked !== link) return;
    place.replaceChildren(...page.querySelectorAll("[data-does], [data-notice]"));
    if (!place.querySelector("[data-notice]")) return;
    place.querySelector("[name=preview]")?.parentElement.remove(); // told.js shows it anew by itself
    form.toggleAttribute("data-told", true);
    (await import("./told.js")).start(null, form);
  } catch {
    // The network is away.
  }
}

// A moderator's act is public, a report is not: the dialog says which.
function told(link) {
  return link.matches("article .act:not(.moderators-only)") ? "moderators" : "everybody";
}

// A report is about the post, or about one of the pictures that it shows.
function askAbout(link) {
  const choices = form.querySelector("[data-about]");
  const template = choices.querySelector("template");
  for (const former of choices.querySelectorAll("template ~ label")) former.remove();
  const shown = [...(link?.closest("article").querySelectorAll(".picture[data-picture-id]") ?? [])];
  for (const picture of shown) choices.append(choice(picture, template, link.dataset.pictureId));
  choices.hidden = choices.disabled = shown.length === 0;
}

function choice(picture, template, chosen) {
  const label = template.content.firstElementChild.cloneNode(true);
  const [input, thumb, name] = label.children;
  const photo = picture.querySelector(".photo") ?? picture.querySelector("img");
  const number = [...picture.parentElement.children].indexOf(picture) + 1;
  input.value = picture.dataset.pictureId;
  input.defaultChecked = input.value === chosen;
  thumb.src = photo.currentSrc || photo.src;
  name.textContent = name.textContent.replace("{number}", number);
  return label;
}

function offerToBlock(wanted) {
  const label = form.querySelector("[data-blocks]");
  label.hidden = !wanted;
  label.querySelector("input").disabled = !wanted;
}

// A form can only GET and POST: a hidden field says that this one takes something back.
function carry(name, value) {
  form.querySelector(`input[name=${name}]`)?.remove();
  if (!value) return;
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  form.append(field);
}

// The click that this file was fetched for.
export function start(event, link) {
  if (typeof dialog?.showModal === "function") ask(link);
  else location.assign(link.href);
}
