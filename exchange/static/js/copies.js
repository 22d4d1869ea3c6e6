// This device's copies: what was typed here and the site does not hold (yet), by person and place.
// A copy goes as soon as the site has its words, so that little stays on a borrowed device.
//   words  the form's fields            base  the version of the site's draft that they go on from
//   told   what the site was told last without an answer: it may hold that
//   sent   the form's client_id once it was sent, until somebody saw that it arrived
//   draft  the address that saves them

const PREFIX = "exchange.draft.";
const user = document.documentElement.dataset.user || "nobody";

export function read(place, whose = user) {
  try {
    return JSON.parse(localStorage.getItem(`${PREFIX}${whose}.${place}`));
  } catch {
    return null;
  }
}

export function keep(place, copy) {
  try {
    localStorage.setItem(`${PREFIX}${user}.${place}`, JSON.stringify(copy));
  } catch {
    // Storage is forbidden or full: the site's copy is left.
  }
}

export function forget(place, whose = user) {
  try {
    localStorage.removeItem(`${PREFIX}${whose}.${place}`);
  } catch {
    // Nothing was kept.
  }
}

// What was typed here before somebody logged in is theirs now.
export function adopt(place) {
  const copy = user === "nobody" ? null : read(place, "nobody");
  if (!copy) return null;
  keep(place, { words: copy.words, base: 0 });
  forget(place, "nobody");
  return read(place);
}

export function places() {
  const mine = `${PREFIX}${user}.`;
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(mine)).map((key) => key.slice(mine.length));
  } catch {
    return [];
  }
}
