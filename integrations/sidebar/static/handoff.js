"use strict";
// Hands a one-minute, one-use token to the sidebar that opened this window, and to nobody else.
(() => {
  const state = document.getElementById("state");
  document.getElementById("yes").addEventListener("click", async () => {
    if (!window.opener) return void (state.textContent = state.dataset.alone);
    const answer = await fetch("/sidebar/hand-off", {
      method: "POST",
      headers: { "X-CSRF-Token": document.body.dataset.csrf },
      credentials: "same-origin",
    });
    const given = await answer.json();
    if (!answer.ok) return void (state.textContent = given.detail);
    window.opener.postMessage({ kind: "desk:hand-off", token: given.token }, location.origin);
    state.textContent = state.dataset.done;
    window.close();
  });
})();
