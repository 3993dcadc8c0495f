"use strict";
// Pages that say one thing: wait for a ticket, sign in, or try again.
(() => {
  const { host, plain } = document.body.dataset;
  const state = document.getElementById("state");
  document.getElementById("reload")?.addEventListener("click", () => location.reload());

  const enter = async (token) => {
    const answer = await fetch("/sidebar/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
      credentials: "same-origin",
    });
    if (answer.ok) location.replace(location.pathname + location.search);
    else state.textContent = (await answer.json()).detail;
  };
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) {
    history.replaceState(null, "", location.pathname + location.search);
    if (plain === "signed_out") return void enter(token);
  }
  if (plain === "loading" || plain === "no_ticket") window.deskHost.onTicket((id) => window.deskHost.go(id));
  if (plain === "loading" && window.parent === window) location.replace(host === "local" ? "/tickets" : `/sidebar/${host}/no-ticket`);

  let opened = null;
  const button = document.getElementById("sign-in");
  button?.addEventListener("click", () => {
    opened = window.open("/sidebar/hand-off", "desk-hand-off", "popup,width=460,height=420");
    state.textContent = button.dataset.working;
  });
  window.addEventListener("message", (event) => {
    if (event.origin !== location.origin || event.source !== opened) return;
    if (event.data?.kind === "desk:hand-off" && typeof event.data.token === "string") enter(event.data.token);
  });
})();
