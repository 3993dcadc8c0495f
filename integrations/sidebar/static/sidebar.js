"use strict";
// What HTML cannot do alone: the stream of changes, focus, keys, and what is told when something goes wrong.
// Decides nothing: every state lives on the server.
(() => {
  const area = document.getElementById("case");
  const say = document.getElementById("say");
  const box = document.getElementById("say-box");
  const told = document.getElementById("told");
  const offline = document.getElementById("offline");
  const late = document.getElementById("late");
  const trouble = document.getElementById("trouble");
  const troubleText = document.getElementById("trouble-text");
  const again = document.getElementById("again");
  const { path, ticket } = document.body.dataset;

  const shown = () => area.querySelector(".case");
  const isEditing = () => Boolean(area.querySelector("form[data-edit]:not([hidden])"));
  const nonce = () => [...crypto.getRandomValues(new Uint8Array(8))].map((b) => b.toString(16).padStart(2, "0")).join("");
  const tell = (text) => {
    if (text && told.textContent !== text) told.textContent = text;
  };

  // --- swapping -----------------------------------------------------------------------------------------------
  let busy = 0;
  let quiet = false; // the swap under way was not asked for by a person here
  let wanted = false; // a change arrived while something else was under way
  let looking = null; // that request
  let kept = null;
  let failed = null; // what could not be sent, to be sent again

  const refresh = () => {
    if (busy) return void (wanted = true);
    if (isEditing()) return void (late.hidden = false);
    quiet = true;
    htmx.ajax("GET", `${path}/body`, { target: "#case", swap: "innerHTML" })?.catch(() => {});
  };
  const remember = () => {
    const active = area.contains(document.activeElement) ? document.activeElement : null;
    const draft = area.querySelector(".draft textarea");
    return {
      focus: active && { id: active.id, name: active.name, value: active.value, text: active.textContent },
      draft: draft && draft.value !== draft.defaultValue ? draft.value : null,
      was: draft?.defaultValue,
      open: [...area.querySelectorAll("details[open]")].map((each) => each.className),
      state: shown()?.dataset.state,
    };
  };
  const restore = (memory) => {
    for (const name of memory.open) {
      const details = area.querySelector(`details.${name.split(" ")[0]}`);
      if (details && memory.state === shown()?.dataset.state) details.open = true;
    }
    const draft = area.querySelector(".draft textarea");
    if (memory.draft !== null && draft?.defaultValue === memory.was) draft.value = memory.draft;
    if (!memory.focus) return;
    const same = [...area.querySelectorAll("button, a, input, select, textarea, summary, [data-focus]")].find(
      (each) => each.id === memory.focus.id && each.name === memory.focus.name && each.textContent === memory.focus.text
    );
    (same || area.querySelector("[data-focus]"))?.focus({ preventScroll: Boolean(same) });
  };

  // Counted by the request itself: an element that is swapped away meanwhile reports no end.
  const ended = () => {
    busy = Math.max(0, busy - 1);
    if (busy) return;
    area.removeAttribute("aria-busy");
    if (wanted) {
      wanted = false;
      setTimeout(refresh);
    }
  };
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const { xhr, requestConfig } = event.detail;
    busy += 1;
    xhr.addEventListener("loadend", ended);
    area.setAttribute("aria-busy", "true");
    if (requestConfig.verb !== "post") {
      if (quiet) looking = xhr;
      return;
    }
    if (quiet) looking?.abort(); // what a person does goes first; it is looked again afterwards
    quiet = false;
    tell(told.dataset.working);
    trouble.hidden = true;
    late.hidden = true;
    again.hidden = true;
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target === area && event.detail.shouldSwap) kept = remember();
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== area) return;
    late.hidden = true;
    if (!failed?.elt?.isConnected) trouble.hidden = true;
    clocks();
    tell(shown()?.dataset.told);
    window.deskHost.changed();
    const byItself = quiet;
    quiet = false;
    if (byItself && kept) return restore(kept);
    const wrong = area.querySelector("[aria-invalid], .error[role=alert]");
    if (wrong?.matches("[aria-invalid]")) wrong.focus();
    else area.querySelector("[data-focus]")?.focus({ preventScroll: true });
    if (!wrong) window.scrollTo({ top: 0 });
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== say || !event.detail.successful) return;
    box.value = "";
    say.elements.event.value = nonce();
    fit();
  });

  // --- trouble: nothing is lost, and the same event again is done once ------------------------------------------
  const fail = (event, text) => {
    const { elt, requestConfig } = event.detail;
    if (requestConfig?.verb === "get" && quiet) return void (quiet = false);
    failed = { elt, submitter: requestConfig?.triggeringEvent?.submitter };
    troubleText.textContent = text;
    trouble.hidden = false;
    again.hidden = false;
  };
  document.body.addEventListener("htmx:sendError", (event) => fail(event, trouble.dataset.unreachable));
  document.body.addEventListener("htmx:timeout", (event) => fail(event, trouble.dataset.slow));
  document.body.addEventListener("htmx:responseError", (event) => {
    const answer = event.detail.xhr;
    let text = trouble.dataset.wrong;
    try {
      const problem = JSON.parse(answer.responseText);
      const reference = trouble.dataset.reference.replace("{reference}", problem.reference);
      text = answer.status >= 500 ? `${trouble.dataset.wrong} ${reference}` : problem.detail;
    } catch { /* no problem document */ }
    fail(event, answer.status === 401 ? trouble.dataset.signedOut : text);
  });
  again.addEventListener("click", () => {
    trouble.hidden = true;
    if (!failed?.elt?.isConnected) return refresh();
    if (failed.elt.matches("form")) failed.elt.requestSubmit(failed.submitter?.isConnected ? failed.submitter : undefined);
    else failed.elt.click();
  });

  // --- the stream -----------------------------------------------------------------------------------------------
  let stream = null;
  const lost = () => {
    if (!offline.hidden) return;
    const at = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    offline.textContent = offline.dataset.text.replace("{at}", at);
    offline.hidden = false;
  };
  const listen = () => {
    stream?.close();
    stream = new EventSource(`${path}/live?seen=${shown()?.dataset.seen ?? ""}`);
    stream.addEventListener("ready", () => {
      offline.hidden = true;
    });
    stream.addEventListener("changed", (event) => {
      if (event.data !== shown()?.dataset.seen) refresh();
    });
    stream.addEventListener("error", () => {
      lost();
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
    });
  };
  document.getElementById("show-change").addEventListener("click", () => {
    for (const form of area.querySelectorAll("form[data-edit]")) form.hidden = true;
    refresh();
  });
  window.addEventListener("pagehide", () => stream?.close());
  window.addEventListener("pageshow", (event) => event.persisted && listen());

  // --- small things ---------------------------------------------------------------------------------------------
  const fit = () => {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
  };
  const clocks = () => {
    for (const each of area.querySelectorAll("[data-seconds]")) {
      each.ends ??= performance.now() + 1000 * Number(each.dataset.seconds);
      const minutes = Math.floor((each.ends - performance.now()) / 60000);
      each.textContent = minutes > 0 ? each.dataset.left.replace("{n}", minutes) : each.dataset.over;
    }
  };
  setInterval(clocks, 15000);
  box.addEventListener("input", fit);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return box.blur();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (box.value.trim()) say.requestSubmit();
  });

  const toggle = (form, button) => {
    form.hidden = !form.hidden;
    for (const each of area.querySelectorAll(`[data-toggle="${form.id}"][aria-expanded]`)) {
      each.setAttribute("aria-expanded", String(!form.hidden));
    }
    if (!form.hidden) form.querySelector("input:not([type=hidden]), select, textarea").focus();
    else area.querySelector(`[data-toggle="${form.id}"][aria-expanded]`)?.focus();
    if (form.hidden && !late.hidden) refresh();
    return button;
  };
  document.addEventListener("click", async (event) => {
    const opener = event.target.closest("[data-toggle]");
    if (opener) toggle(document.getElementById(opener.dataset.toggle), opener);
    const note = event.target.closest("[data-note]");
    if (note && window.deskHost.showNote()) event.preventDefault();
    const button = event.target.closest("[data-append], [data-copy]");
    if (!button) return;
    const part = button.closest(".draft");
    const text = part.querySelector("textarea");
    const status = part.querySelector("[data-told-draft]");
    if (button.matches("[data-append]") && (await window.deskHost.append(text.value))) {
      status.textContent = status.dataset.appended;
      return;
    }
    navigator.clipboard.writeText(text.value).then(
      () => (status.textContent = status.dataset.copied),
      () => {
        text.select();
        status.textContent = status.dataset.byHand;
      }
    );
  });

  // What was drawn just now is not wired yet: a key pressed at that moment waits for it, or the form would leave the page.
  const choose = (number) => {
    if (document.querySelector(".htmx-swapping, .htmx-settling")) return setTimeout(() => choose(number), 20);
    area.querySelectorAll("[data-key]:not(:disabled)")[number - 1]?.click();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches("input, textarea, select")) return;
    if (/^[1-9]$/.test(event.key)) return event.preventDefault(), choose(Number(event.key));
    const found = {
      "/": () => box.focus(),
      e: () => area.querySelector("[data-toggle][aria-expanded]")?.click(),
      r: () => area.querySelector("[data-append], [data-copy]")?.click(),
    }[event.key.toLowerCase()];
    if (found) {
      event.preventDefault();
      found();
    }
  });

  window.deskHost.onTicket((id) => id !== ticket && window.deskHost.go(id));
  clocks();
  tell(shown()?.dataset.told);
  listen();
})();
