// Keeps the page so that it opens and works without a network. It answers with the page's own files and asks for nothing else.
declare const FILES: string[];
declare const VERSION: string;
declare const self: ServiceWorkerGlobalScope;

const NAME = `gongkai-${VERSION}`;

// A new build waits until no page of the old one is open: a page must find the files it was built with.
self.addEventListener('install', (event) => {
  const fresh = FILES.map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(fresh)));
});

self.addEventListener('activate', (event) => {
  const old = caches
    .keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith('gongkai-') && name !== NAME).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(self.registration.scope)) return;
  const wanted = request.mode === 'navigate' ? new URL('index.html', self.registration.scope).href : request;
  event.respondWith(caches.match(wanted, { ignoreSearch: true, cacheName: NAME }).then((found) => found ?? fetch(request)));
});

export {}; // a module of its own, so that `self` is the service worker's
