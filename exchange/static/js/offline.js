// From the second page on there is something to come back to: the worker keeps the page that says
// that the network is away.
const WORKER = "/sw.js";
const policy = window.trustedTypes?.createPolicy("exchange-worker", { createScriptURL: () => WORKER });
navigator.serviceWorker.register(policy ? policy.createScriptURL(WORKER) : WORKER).catch(() => {});
