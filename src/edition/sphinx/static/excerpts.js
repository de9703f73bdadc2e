// Excerpts for the results of a search, from texts that the build has written: nothing has to be
// fetched, so they are there when the pages are opened from a disk.
"use strict";

// Some of Sphinx's catalogues answer "which plural?" with true or false, and leave messages empty;
// the search would end in an error, without saying what it found.
(() => {
  const plural = Documentation.PLURAL_EXPR;
  Documentation.PLURAL_EXPR = (n) => Number(plural(n));
  for (const [text, told] of Object.entries(Documentation.TRANSLATIONS)) {
    if ([told].flat().some((words) => !words)) delete Documentation.TRANSLATIONS[text];
  }
})();

(() => {
  const LENGTH = 240;
  const query = new URLSearchParams(window.location.search).get("q") || "";
  const field = document.getElementById("search-field");
  if (field) field.value = query;
  const results = document.getElementById("search-results");
  const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  if (!results || !words.length) return;

  // Where the first of the words begins a word of the text, or its first letters do (the search
  // itself compares stems); -1 where none does.
  const placeIn = (text) => {
    const lower = text.toLowerCase();
    for (const word of [...words, ...words.map((w) => w.slice(0, Math.max(4, w.length - 3)))]) {
      const found = lower.search(new RegExp(`(?<![\\p{L}\\p{N}])${word}`, "u"));
      if (found >= 0) return found;
    }
    return -1;
  };

  const excerpt = (text) => {
    const place = Math.max(0, placeIn(text));
    let start = Math.max(0, place - LENGTH / 3);
    if (start > 0) start = text.indexOf(" ", start) + 1;
    let end = Math.min(text.length, start + LENGTH);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), place + 1);
    return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  };

  // The excerpt with the words that were looked for marked.
  const marked = (text) => {
    const line = document.createElement("p");
    line.className = "context";
    const stems = words.map((w) => w.slice(0, Math.max(4, w.length - 3)));
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${stems.join("|")})[\\p{L}\\p{N}]*`, "giu");
    let last = 0;
    for (const match of text.matchAll(pattern)) {
      line.append(text.slice(last, match.index));
      const mark = document.createElement("mark");
      mark.textContent = match[0];
      line.append(mark);
      last = match.index + match[0].length;
    }
    line.append(text.slice(last));
    return line;
  };

  const complete = (item) => {
    const link = item.querySelector("a");
    if (!link || item.querySelector("p.context")) return;
    const address = new URL(link.href).pathname;
    const root = new URL(document.documentElement.dataset.content_root, window.location).pathname;
    const page = decodeURIComponent(address.slice(root.length));
    if (page in SEARCH_TEXTS) item.append(marked(excerpt(SEARCH_TEXTS[page])));
  };
  const all = () => results.querySelectorAll("li").forEach(complete);
  new MutationObserver(all).observe(results, { childList: true, subtree: true });
  all();
})();
