// Without a network a page in the reader's language says so. No page of the site is kept beside those,
// so nobody's words stay on a borrowed phone. To withdraw it, serve this file with skipWaiting() and
// registration.unregister() alone.
const PAGES = [{% for page in pages %}"{{ page }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const FILES = [{% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const KEPT = `exchange-${FILES.join()}`;

self.addEventListener("install", (event) => {
  const fresh = [...PAGES, ...FILES].map((address) => new Request(address, { credentials: "omit" }));
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.mode === "navigate") {
    const here = PAGES.find((page) => pathname.startsWith(page.replace("offline/", ""))) ?? PAGES[0];
    event.respondWith(fetch(request).catch(() => caches.match(here)));
  } else if (FILES.includes(pathname)) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});
