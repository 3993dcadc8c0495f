"use strict";
// What HTML cannot do alone. Decides nothing: every state lives on the server.
(() => {
  const log = document.getElementById("log");
  const say = document.getElementById("say");
  const box = say.elements.text;
  const picker = say.elements.files;
  const chosen = document.getElementById("chosen");
  const trouble = document.getElementById("trouble");

  const fit = () => {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
  };
  const showFiles = () => {
    chosen.replaceChildren(
      ...[...picker.files].map((file) => Object.assign(document.createElement("li"), { textContent: file.name }))
    );
  };
  const toEnd = () => window.scrollTo({ top: document.body.scrollHeight });

  box.addEventListener("input", fit);
  picker.addEventListener("change", showFiles);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (box.value.trim() || picker.files.length) say.requestSubmit();
  });
  box.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    picker.files = event.clipboardData.files;
    showFiles();
  });
  // After a reply the focus is on its heading; typing goes on in the box.
  document.addEventListener("keydown", (event) => {
    const typed = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (typed && document.activeElement?.matches("[data-focus], body")) box.focus();
  });

  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-toggle]");
    if (toggle) {
      const form = document.getElementById(toggle.dataset.toggle);
      form.hidden = !form.hidden;
      toggle.setAttribute("aria-expanded", String(!form.hidden));
      if (!form.hidden) form.querySelector("input:not([type=hidden]), select, textarea").focus();
    }
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const part = copy.closest(".draft");
      const text = part.querySelector("textarea");
      const told = part.querySelector("[role=status]");
      navigator.clipboard.writeText(text.value).then(
        () => (told.textContent = "Copied"),
        () => { text.select(); told.textContent = "Press Ctrl+C"; }
      );
    }
  });

  // Lists that can be used again and again get a fresh event id each time; all others keep theirs, so that a
  // double click or a repeated request is one event.
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.matches("[data-fresh]")) return;
    const bytes = crypto.getRandomValues(new Uint8Array(8));
    event.detail.parameters.set("event", [...bytes].map((b) => b.toString(16).padStart(2, "0")).join(""));
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.verb === "post") trouble.textContent = "";
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== say || !event.detail.successful) return;
    box.value = "";
    picker.value = "";
    showFiles();
    fit();
  });
  // A card is pressed once: between its answer and the next click no second press leaves the page.
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt;
    if (!form.matches(".acts form[data-press]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) delete event.detail.elt.dataset.sent;
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    log.querySelector("[aria-invalid]")?.focus();
    if (event.detail.target !== log && !log.contains(event.detail.target)) return;
    log.querySelector(".welcome")?.remove();
    const turns = log.querySelectorAll("[data-turn]");
    const last = turns[turns.length - 1];
    for (const asked of log.querySelectorAll("[data-question]")) {
      asked.disabled = !last?.contains(asked) || Boolean(log.querySelector(".working"));
    }
    toEnd();
  });
  document.body.addEventListener("htmx:sseMessage", (event) => {
    if (event.detail.type !== "reply") return;
    arrived();
  });
  document.body.addEventListener("htmx:sseClose", () => arrived());
  document.body.addEventListener("desk:arrived", () => arrived());

  let announced = null;
  function arrived() {
    const turns = log.querySelectorAll(".turn");
    const last = turns[turns.length - 1];
    if (!last || last === announced) return;
    announced = last;
    last.querySelector("[data-focus]")?.focus({ preventScroll: true });
    const room = window.innerHeight - 48 - say.offsetHeight;
    if (last.offsetHeight > room) last.scrollIntoView({ block: "start" });
    else toEnd();
    document.body.dispatchEvent(new Event("desk:changed"));
  }

  document.body.addEventListener("htmx:responseError", (event) => {
    const answer = event.detail.xhr;
    let text = "That did not work. Please try again.";
    try {
      const problem = JSON.parse(answer.responseText);
      text = `${problem.detail} (Reference ${problem.reference})`;
    } catch { /* no problem document */ }
    trouble.textContent = answer.status === 401 ? "You are signed out. Open a new link to go on." : text;
  });
  document.body.addEventListener("htmx:sendError", () => {
    trouble.textContent = "The desk cannot be reached. What you wrote is still here; send it again.";
  });

  const clocks = () => {
    for (const each of document.querySelectorAll("[data-until]")) {
      const left = Math.max(0, Math.floor((Date.parse(each.dataset.until) - Date.now()) / 60000));
      each.textContent = left ? `${left} min left` : "about to run out";
    }
  };
  setInterval(clocks, 30000);
  toEnd();
  box.focus({ preventScroll: true });
})();
