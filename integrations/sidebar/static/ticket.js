"use strict";
// The ticket page: drafts from the sidebar go into the reply box; a person sends them.
(() => {
  const frame = document.getElementById("desk");
  const box = document.getElementById("reply-text");
  const form = document.getElementById("reply");
  const told = document.getElementById("reply-told");
  const thread = document.getElementById("thread");

  const append = (text) => {
    box.value = [box.value.trimEnd(), text].filter(Boolean).join("\n\n");
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, 320)}px`;
    thread.scrollTo({ top: thread.scrollHeight });
  };
  window.addEventListener("message", (event) => {
    if (event.origin !== location.origin || event.source !== frame.contentWindow) return;
    const { kind, text } = event.data ?? {};
    if (kind === "desk:append" && typeof text === "string") append(text.slice(0, 8000));
    if (kind === "desk:changed") document.body.dispatchEvent(new Event("desk:changed"));
    if (kind === "desk:note") document.getElementById("notes")?.scrollIntoView({ block: "center" });
  });
  let shown = thread.querySelectorAll(".message").length;
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const now = thread.querySelectorAll(".message").length;
    if (event.detail.target === thread && now > shown) thread.scrollTo({ top: thread.scrollHeight });
    shown = now;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form || !event.detail.successful) return;
    if (box.value.trim()) told.textContent = told.dataset.sent;
    box.value = "";
    box.style.height = "";
  });
  box.addEventListener("input", () => (told.textContent = ""));
})();
