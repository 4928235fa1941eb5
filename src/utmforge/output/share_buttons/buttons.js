(() => {
  "use strict";
  // What the reader's visit brought: tags, click ids, ids of recipients, tags of other tools.
  const TAG = /^utm(?:__TAGS__)$/;
  const OTHER = /^(?:__OTHERS__)$/;
  const SIGNED = /__SIGNED__/i;

  const decoded = (raw) => {
    try { return decodeURIComponent(raw.replace(/\+/g, " ")); } catch { return raw; }
  };
  const ofVisit = (piece) => {
    const raw = piece.replace(/^[?&]+/, "").split("=")[0].replace(/^(?:amp(?:;|%3B)|#0*38;|#x0*26;)+/i, "");
    const name = decoded(raw).toLowerCase().replace(/^[+\x20]+|[+\x20]+$/g, "");
    return TAG.test(name.replace(/[-_.+\x20]+/g, "")) || OTHER.test(name);
  };
  const cut = (text, mark) => {
    const at = text.indexOf(mark);
    return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at)];
  };
  // An address in four parts: before the query, the query, what is kept of it, what is kept of the fragment.
  const parts = (url) => {
    const [before, hash] = cut(url, "#");
    const [head, query] = cut(before, "?");
    const kept = query.slice(1).split("&").filter((piece) => !ofVisit(piece)).join("&");
    let rest = "", joint = null, changed;
    for (const piece of hash.slice(1).split(/(?=[?&])/)) {
      if (ofVisit(piece)) {
        changed = 1;
        joint = joint === null && /^[?&]/.test(piece) ? piece[0] : joint || "";
      } else {
        rest += joint === null ? piece : joint + piece.replace(/^[?&]+/, "");
        joint = null;
      }
    }
    return [head, query, kept, changed ? rest && "#" + rest : hash];
  };
  const clean = (url) => {
    const [head, , kept, hash] = parts(url);
    return head + (kept && "?" + kept) + hash;
  };
  const tagged = (tags) => {
    const url = location.href.replace(/^(https?:\/\/)[^/?#]*@/i, "$1");
    const [head, query, kept, hash] = parts(url);
    if (SIGNED.test(query.slice(1))) return url;
    const result = head + "?" + (kept && kept + "&") + tags + hash;
    return result.length > __MOST__ ? clean(url) : result;
  };
  const encoded = (text) => encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, "\ufffd"))
    .replace(/[!'()*]/g, (one) => "%" + one.charCodeAt().toString(16).toUpperCase());

  for (const box of document.querySelectorAll(".utmforge-share")) {
    const say = box.querySelector("[role=status]");
    const words = () => box.dataset.text || document.title;
    for (const one of box.querySelectorAll("[data-tags]")) {
      const { tags, share, native, phone, done } = one.dataset;
      // Made when it is used: a page may change its address without being loaded again.
      const use = {
        link() {
          one.href = share.replace(/\{(words|url)\}/g, (_, what) => encoded(what === "url" ? tagged(tags) : words()));
        },
        native() {
          navigator.share({ title: words(), url: tagged(tags) }).catch(() => {});
        },
        copy() {
          const url = tagged(tags);
          (navigator.clipboard ? navigator.clipboard.writeText(url) : Promise.reject())
            .then(() => { say.textContent = done; }, () => { say.textContent = url; });
        },
      }[share ? "link" : native ? "native" : "copy"];
      one.addEventListener("click", use);
      if (share) {
        one.addEventListener("pointerdown", use);
        one.addEventListener("focus", use);
        use();
      }
      one.hidden = native && !navigator.share || phone && !matchMedia("(pointer:coarse)").matches;
    }
    say.textContent = "";
  }
  // __CLEAN__
})();
