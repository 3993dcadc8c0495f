"use strict";
// The page around the sidebar: which ticket is open there, and its reply box. Whatever comes from outside is only a
// hint, and only from the one origin that may frame us; what is shown and done rests on the server's own records.
window.deskHost = (() => {
  const { host, ancestors } = document.body.dataset;
  const origin = ancestors === "'self'" ? location.origin : ancestors;
  const framed = window.parent !== window && /^https?:\/\//.test(origin);
  const send = (message) => framed && window.parent.postMessage(message, origin);
  const listeners = [];
  const ticketIs = (id) => {
    const text = String(id ?? "");
    if (/^[A-Za-z0-9_.:-]{1,80}$/.test(text)) listeners.forEach((each) => each(text));
    else if (id === null) listeners.forEach((each) => each(null));
  };

  // Zendesk's framework: JSON strings, answered by id.
  const guid = new URLSearchParams(location.search).get("app_guid") || "";
  const waiting = new Map();
  let last = 0;
  const ask = (request, params) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      setTimeout(() => waiting.delete(id) && reject(new Error("no answer")), 5000);
      send(JSON.stringify({ id, request, params, appGuid: guid, instanceGuid: guid }));
    });
  const tell = (key, message) => send(JSON.stringify({ key, message, appGuid: guid, instanceGuid: guid }));
  const fetchTicket = () => ask("get", ["ticket.id"]).then((found) => ticketIs(found["ticket.id"] ?? null), () => {});

  const heard = {
    zendesk(data) {
      if (data.id && waiting.has(data.id)) {
        const { resolve, reject } = waiting.get(data.id);
        waiting.delete(data.id);
        return data.error ? reject(new Error("refused")) : resolve(data.result || {});
      }
      if (data.key === "zaf.app.registered") {
        tell("iframe.on:app.activated", { subscriberCount: 1 });
        fetchTicket();
      }
      if (data.key === "zaf.app.activated") fetchTicket();
    },
    chatwoot(data) {
      if (data.event === "appContext") ticketIs(data.data?.conversation?.id ?? null);
    },
  };
  window.addEventListener("message", (event) => {
    if (!framed || event.origin !== origin || event.source !== window.parent || !heard[host]) return;
    let data = event.data;
    try {
      if (typeof data === "string") data = JSON.parse(data);
    } catch {
      return;
    }
    if (data && typeof data === "object") heard[host](data);
  });

  return {
    onTicket(listener) {
      listeners.push(listener);
      if (host === "zendesk") tell("iframe.handshake", { version: "2.0.9" });
      if (host === "chatwoot") send("chatwoot-dashboard-app:fetch-info");
    },
    go(id) {
      const place = id === null ? `/sidebar/${host}/no-ticket` : `/sidebar/${host}/t/${encodeURIComponent(id)}`;
      if (location.pathname !== place) location.replace(place + location.search);
    },
    // Whether the text went into the reply box.
    async append(text) {
      if (!framed) return false;
      if (host === "local") return send({ kind: "desk:append", text }), true;
      if (host !== "zendesk") return false;
      return ask("invoke", { "comment.appendText": [text] }).then(() => true, () => false);
    },
    changed: () => host === "local" && send({ kind: "desk:changed" }),
    showNote: () => host === "local" && framed && (send({ kind: "desk:note" }), true),
  };
})();
