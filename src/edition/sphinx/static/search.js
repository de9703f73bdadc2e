/* The search: records of passages, quotations, entries, works and sections, best first. An exact
   id leads straight there. All is on the page: it works from a disk, too. */

"use strict";

(() => {
  const LENGTH = 240;
  const root = new URL(document.documentElement.dataset.content_root || "./", window.location.href);
  const asked = new URLSearchParams(window.location.search).get("q") || "";
  const field = document.getElementById("search-field");
  if (field) field.value = asked;
  const place = document.getElementById("edition-results");
  const all = window.EDITION_RECORDS || [];
  const words = asked.toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  if (!place || !words.length) return;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const address = (r) => new URL(r.page + "#" + r.id, root).href;
  const aim = (r, id) => (r.ids.includes(id) ? new URL(r.page + "#" + id, root).href : address(r));

  // An id, also as people write one: P47, p. 47, ¶47.
  const id = asked.trim().toLowerCase().replace(/^¶\s*/, "p").replace(/^([pq])[.\s]+(?=\d)/, "$1");
  const exact = all.find((r) => r.ids.includes(id) && !r.manual) || all.find((r) => r.ids.includes(id));
  if (exact && !new URLSearchParams(window.location.search).has("list")) {
    window.location.replace(aim(exact, id));
  }

  const stems = words.map((word) => fold(word).slice(0, Math.max(4, word.length - 2)));
  const begins = (text, stem) => new RegExp(`(?<![\\p{L}\\p{N}])${stem}`, "u").test(text);
  const KINDS = ["Person", "Term", "Event", "Passage", "Quotation", "Work", "Section"];

  const score = (r) => {
    const title = fold(r.title);
    const text = fold(r.text);
    if (!stems.every((stem) => begins(title, stem) || begins(text, stem))) return 0;
    const phrase = fold(asked.trim());
    let points = 1;
    if (title === phrase) points += 60;
    points += 10 * (stems.filter((stem) => begins(title, stem)).length / stems.length);
    points += 10 * (words.filter((word) => begins(title, fold(word))).length / words.length);
    if (words.length > 1 && text.includes(phrase)) points += 25;
    points += 4 * (words.filter((word) => begins(text, fold(word))).length / words.length);
    points += Math.min(3, text.split(stems[0]).length - 2);
    return points + (KINDS.length - KINDS.indexOf(r.kind)) / 10;
  };

  const marked = (text) => {
    const line = document.createElement("p");
    line.className = "context";
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${stems.join("|")})[\\p{L}\\p{N}]*`, "giu");
    const first = Math.max(0, fold(text).search(new RegExp(`(?<![\\p{L}\\p{N}])${stems[0]}`, "u")));
    let start = Math.max(0, first - LENGTH / 3);
    if (start) start = text.indexOf(" ", start) + 1;
    const end = start + LENGTH < text.length ? text.lastIndexOf(" ", start + LENGTH) : text.length;
    const shown = (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
    let last = 0;
    for (const match of shown.matchAll(pattern)) {
      line.append(shown.slice(last, match.index));
      const mark = document.createElement("mark");
      mark.textContent = match[0];
      line.append(mark);
      last = match.index + match[0].length;
    }
    line.append(shown.slice(last));
    return line;
  };

  const list = (found) => {
    const items = document.createElement("ol");
    items.className = "found";
    for (const r of found) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = address(r);
      link.textContent = r.title || (r.kind === "Work" ? "Bibliography" : r.in);
      const kind = document.createElement("span");
      kind.className = "found-kind";
      kind.textContent = ` ${r.kind}${r.in && r.title !== r.in ? " · " + r.in : ""}`;
      item.append(link, kind, marked(r.text));
      items.append(item);
    }
    return items;
  };

  const hits = all.map((r) => [score(r), r]).filter(([points]) => points);
  hits.sort((a, b) => b[0] - a[0]);
  const edition = hits.filter(([, r]) => !r.manual).map(([, r]) => r);
  const manual = hits.filter(([, r]) => r.manual).map(([, r]) => r);
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  const count = edition.length === 1 ? "1 place" : `${edition.length || "no"} places`;
  said.textContent = `“${asked.trim()}”: ${count} in the edition.`;
  place.append(said, list(edition.slice(0, 200)));
  if (manual.length) {
    const more = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = `In the manual (${manual.length})`;
    more.append(summary, list(manual.slice(0, 50)));
    more.open = !edition.length;
    place.append(more);
  }
})();
