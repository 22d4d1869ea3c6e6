// The site's own markup, as nodes of this page or as a page of its own.

const policy = window.trustedTypes?.createPolicy("exchange", { createHTML: (html) => html });

export function nodes(html) {
  const template = document.createElement("template");
  template.innerHTML = trusted(html);
  return document.importNode(template.content, true);
}

// A whole page, of which nothing is fetched and nothing runs.
export function parsed(html) {
  return new DOMParser().parseFromString(trusted(html), "text/html");
}

function trusted(html) {
  return policy ? policy.createHTML(html) : html;
}
