"use strict";
// Exchanges the one-time token in the fragment for a session, and takes it out of the address at once.
(async () => {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) return;
  history.replaceState(null, "", location.pathname);
  const state = document.getElementById("state");
  state.textContent = "Signing in…";
  try {
    const answer = await fetch("/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
      credentials: "same-origin",
    });
    if (answer.ok) return location.replace(location.pathname);
    state.textContent = (await answer.json()).detail;
  } catch {
    state.textContent = "The desk cannot be reached.";
  }
})();
