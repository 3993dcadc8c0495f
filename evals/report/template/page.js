"use strict";
(() => {
  const cases = [...document.querySelectorAll(".case")];
  const buttons = [...document.querySelectorAll("[data-show]")];
  const suite = document.querySelector("#suite"), find = document.querySelector("#find");
  const none = document.querySelector("#none"), count = document.querySelector("#count");
  let show = "all";
  const apply = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const one of cases) {
      const fits = (show === "all" || one.dataset.is.includes(show))
        && (!suite.value || one.dataset.suite === suite.value)
        && words.every(word => one.dataset.text.includes(word));
      one.hidden = !fits;
      shown += fits;
    }
    none.hidden = shown > 0;
    count.textContent = shown === cases.length ? `${shown}` : `${shown} of ${cases.length}`;
    for (const button of buttons) button.setAttribute("aria-pressed", button.dataset.show === show);
  };
  for (const button of buttons) button.addEventListener("click", () => { show = button.dataset.show; apply(); });
  suite.addEventListener("change", apply);
  find.addEventListener("input", apply);
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) { target.open = true; target.scrollIntoView(); }
  apply();
})();
