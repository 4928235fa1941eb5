(() => {
  "use strict";
  const root = document.documentElement;
  const agent = navigator.userAgent;
  const isApple = /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1);
  root.classList.add("js");
  root.dataset.platform = isApple ? "ios" : /Android/.test(agent) ? "android" : "web";
  if (navigator.share) root.classList.add("can-share");

  const PAGE = 60;
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const words = (text) => plain(text).split(/\s+/).filter(Boolean);

  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "away";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const cards = [...document.getElementsByClassName("card")];
    const texts = cards.map((card) => plain(card.textContent));
    const search = document.getElementById("search");
    const count = document.getElementById("count");
    const more = document.getElementById("more");
    const said = document.getElementById("said");
    const say = document.body.dataset;
    let matches = cards;
    let shown = [];

    const show = (size) => {
      const next = matches.slice(0, size);
      const keep = new Set(next);
      for (const card of shown) if (!keep.has(card)) card.classList.remove("on");
      for (const card of next) card.classList.add("on");
      shown = next;
      more.hidden = matches.length <= shown.length;
    };
    const find = () => {
      const asked = words(search.value);
      matches = asked.length
        ? cards.filter((card, at) => asked.every((word) => texts[at].includes(word)))
        : cards;
      show(PAGE);
      const number = matches.length.toLocaleString(root.lang);
      count.textContent = (matches.length === 1 ? say.one : say.many).replace("#", number);
    };
    const tell = (button, text) => {
      const before = button.dataset.label || button.textContent;
      button.dataset.label = before;
      button.textContent = text;
      said.textContent = "";
      setTimeout(() => { said.textContent = text; }, 50);
      setTimeout(() => { button.textContent = before; }, 2000);
    };

    find();
    search.addEventListener("input", find);
    more.addEventListener("click", () => {
      const first = shown.length;
      show(first + PAGE);
      shown[first].querySelector("button").focus();
    });
    document.getElementById("print").addEventListener("click", () => window.print());
    addEventListener("beforeprint", () => show(matches.length));
    addEventListener("afterprint", () => show(PAGE));
    document.addEventListener("click", async (event) => {
      const button = event.target.closest("button[data-do]");
      if (!button) return;
      const card = button.closest(".card");
      const message = card.querySelector(".message").textContent;
      if (button.dataset.do === "share") {
        try {
          await navigator.share({ text: message });
        } catch {
          // closed without sharing
        }
        return;
      }
      const text = button.dataset.do === "copy" ? message : card.querySelector(".link").textContent;
      tell(button, (await copied(text)) ? say.copied : say.failed);
    });
  });
})();
