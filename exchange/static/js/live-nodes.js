// The site's own markup, as nodes of this page.

const policy = window.trustedTypes?.createPolicy("exchange", { createHTML: (html) => html });

export function nodes(html) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return document.importNode(template.content, true);
}
