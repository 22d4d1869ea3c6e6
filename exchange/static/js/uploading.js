// One file on its way to the site, with its progress, which only this old interface tells.

const PATIENCE = 60_000; // ms without any progress

// `answer` is the status, 0 without a network or after `stop`, and what was said in JSON. `moved` is told
// the share that is there, 1 when the site has the whole file and looks at it.
export function upload(address, file, token, moved) {
  const request = new XMLHttpRequest();
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => request.abort(), PATIENCE);
  };
  const answer = new Promise((tell) => {
    request.onload = () => tell({ ...told(request), status: request.status });
    request.onerror = request.onabort = () => tell({ status: 0 });
  });
  request.upload.onprogress = ({ loaded, total }) => {
    moved(Math.min(loaded / total, 0.99));
    wait();
  };
  request.upload.onload = () => {
    moved(1);
    wait();
  };
  const body = new FormData();
  body.append("csrfmiddlewaretoken", token);
  body.append("pictures", file, file.name);
  request.open("POST", address);
  request.setRequestHeader("Accept", "application/json");
  wait();
  request.send(body);
  return { answer: answer.finally(() => clearTimeout(timer)), stop: () => request.abort() };
}

function told(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {};
  }
}

// One short line, without marks that turn what stands beside it round.
export function shortened(name) {
  const plain = name.replace(/[\p{C}\s]+/gu, " ").trim();
  const letters = [...plain];
  return letters.length <= 32 ? plain : `${letters.slice(0, 22).join("")}…${letters.slice(-8).join("")}`;
}

export function filled(text, parts) {
  return Object.entries(parts).reduce((put, [name, part]) => put.replace(`{${name}}`, () => part), text);
}

export function button(label, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "tool", textContent: label });
  made.addEventListener("click", act);
  return made;
}
