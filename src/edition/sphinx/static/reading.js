/* What the pages of text, the register and the search do besides: the switch, notes beside their
   calls, the card of a number, tables in another order, and what was looked for. */

"use strict";

{
const { root, byId, wanted, say, made, memory, records } = window.edition;

// The switch: the text alone, the brief alone, or everything.
(() => {
  const bar = document.querySelector(".reading-bar");
  const any = (selector) => document.querySelector(selector) !== null;
  const hidden = ".voice-brief, .voice-notes, .noted-notes, .textual-mark, .passage :is(.name, .quotation)";
  if (!bar || !any(hidden)) return;
  const kept = memory("localStorage");
  const told = {
    read: [say("Read"), say("The text without notes and without marked names")],
    brief: [say("Brief"), say("The editors’ brief alone")],
    study: [say("Study"), say("The text, the brief and the notes")],
  };
  if (!("brief" in bar.dataset)) delete told.brief;
  document.body.classList.toggle("has-brief", any(".voice-brief"));
  const group = made("fieldset", "views", made("legend", "visually-hidden", say("Show")));
  const show = (view) => {
    document.body.dataset.view = view;
    group.querySelector(`input[value="${view}"]`).checked = true;
    window.dispatchEvent(new Event("edition-view"));
  };
  for (const [view, [name, title]] of Object.entries(told)) {
    const choice = made("input");
    Object.assign(choice, { type: "radio", name: "view", value: view });
    const label = made("label", "", choice, made("span", "", name));
    label.title = title;
    group.append(label);
  }
  group.addEventListener("change", (event) => {
    kept.set("edition-view", event.target.value);
    show(event.target.value);
  });
  bar.append(group);

  // The bar at the side has a link for each page: one at the head of the page leads past them.
  const skip = made("a", "skip-to-views", say("Choose what to show"));
  group.id = "edition-views";
  skip.href = "#edition-views";
  skip.addEventListener("click", (event) => {
    event.preventDefault(); // a reader who goes back has no need to come by here
    group.querySelector(":checked").focus();
  });
  const first = document.querySelector(".skip-to-content, #pst-skip-link");
  if (first) first.after(skip);
  else document.body.prepend(skip);

  const before = kept.get("edition-view");
  show(before in told ? before : "study");

  // What an address leads to is never hidden.
  const reveal = () => {
    const place = byId(wanted());
    if (!place || place.getClientRects().length) return;
    show("study");
    place.scrollIntoView();
  };
  reveal();
  window.addEventListener("hashchange", reveal);
})();

// Beside the text a note begins at the height of its call, or as near as its column has room. What
// is said of the whole passage goes before it.
(() => {
  const columns = document.querySelectorAll(".passage > .voice-notes:not(.wide)");
  const align = () => {
    for (const column of columns) {
      const notes = [...column.querySelectorAll("aside.footnote")];
      for (const note of notes) note.style.paddingBlockStart = "";
      const text = column.parentElement.querySelector(":scope > .voice-text");
      if (!text || column.getBoundingClientRect().left < text.getBoundingClientRect().right) continue;
      column.firstElementChild.after(...column.querySelectorAll(":scope > .commentary"));
      for (const note of notes) {
        const call = byId((note.querySelector("a[href^='#']")?.getAttribute("href") || "#").slice(1));
        if (!call) continue;
        const above = call.getBoundingClientRect().top - note.getBoundingClientRect().top;
        const below = text.getBoundingClientRect().bottom - column.getBoundingClientRect().bottom;
        const gap = Math.min(above, below);
        if (gap > 4) note.style.paddingBlockStart = `${gap}px`;
      }
    }
  };
  if (!columns.length) return;
  align();
  document.fonts?.ready.then(align);
  let timer;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(align, 100);
  };
  window.addEventListener("resize", soon);
  window.addEventListener("edition-view", soon);
})();

// The columns of a table of class "sortable" can be put in order; rows that head a group are
// for the order in which the table came.
(() => {
  const collator = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });
  const words = (row, column) => row.cells[column].textContent.trim();

  const sort = (table, column) => {
    const heads = [...table.tHead.rows[0].cells];
    const head = heads[column];
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = table.tBodies[0];
    for (const group of body.querySelectorAll("tr.group")) group.hidden = true;
    const whole = (row) => row.cells.length === heads.length;
    const rows = [...body.rows].filter(whole);
    rows.sort((a, b) => collator.compare(words(a, column), words(b, column)));
    body.append(...(down ? rows.reverse() : rows));
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    if (!table.tHead || table.tBodies.length !== 1) continue;
    let group = "";
    for (const row of table.tBodies[0].rows) {
      if (row.matches(".group")) group = row.textContent.trim();
      else row.title = group;
    }
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      for (const words of head.querySelectorAll("p")) words.replaceWith(...words.childNodes);
      const button = made("button", "sort", ...head.childNodes);
      button.type = "button";
      head.append(button);
      button.addEventListener("click", () => sort(table, column));
    });
  }
})();

// A table that is broader than its place is stacked: a block for each row.
(() => {
  const tables = [...document.querySelectorAll("table:is(.docutils, .table):not(.quotation-register)")].filter(
    (table) => table.tHead?.rows.length === 1 && !table.querySelector("[colspan], [rowspan]")
  );
  const fit = () => {
    for (const table of tables) {
      table.classList.remove("stacked");
      table.classList.toggle("stacked", table.scrollWidth > table.parentElement.clientWidth + 1);
    }
  };
  for (const table of tables) {
    const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent.trim());
    for (const row of table.tBodies[0]?.rows || []) {
      [...row.cells].forEach((cell, column) => column && (cell.dataset.head = heads[column]));
    }
  }
  if (!tables.length) return;
  fit();
  document.fonts?.ready.then(fit);
  window.addEventListener("resize", fit);
})();

// The card that the number of a passage or quotation opens: its passport, its citation, to be
// copied in several formats.
(() => {
  const source = byId("edition-citing");
  const links = document.querySelectorAll("a.permalink[data-cite]");
  if (!source || !links.length || !("showModal" in HTMLDialogElement.prototype)) return;
  const given = JSON.parse(source.textContent);
  const told = {
    passage: [say("Cite passage %s"), say("This passage in the %s"), say("passage")],
    quotation: [say("Cite quotation %s"), say("This quotation in the %s"), say("quotation")],
  };

  const card = made("dialog", "citing-card");
  card.setAttribute("aria-labelledby", "citing-title");
  card.innerHTML =
    '<h2 id="citing-title"></h2>' +
    '<div class="citing-passport"></div>' +
    `<p class="citing-text" role="group" aria-label="${say("Citation")}"></p>` +
    '<p class="citing-address"></p>' +
    '<p class="citing-newer" hidden></p>' +
    `<div class="citing-copies" role="group" aria-label="${say("Copy")}"></div>` +
    '<p class="citing-formats"></p>' +
    '<p class="citing-said" role="status"></p>' +
    `<button type="button" class="citing-close">${say("Close")}</button>`;
  document.body.append(card);
  const part = (name) => card.querySelector(".citing-" + name);

  const copies = [
    [say("Link"), "url"],
    [say("Citation"), "chicago"],
    ["BibTeX", "bibtex"],
    ["RIS", "ris"],
    ["CSL-JSON", "csl-json"],
  ];
  for (const [name, format] of copies) {
    const button = made("button", "", name);
    button.type = "button";
    button.dataset.format = format;
    button.setAttribute("aria-label", say("Copy %s", name));
    button.addEventListener("click", () => copy(name, button.dataset.text));
    part("copies").append(button);
  }
  part("close").addEventListener("click", () => card.close());
  card.addEventListener("click", (event) => event.target === card && card.close());
  // Going to the passage has taken the focus from its number.
  let opener;
  card.addEventListener("close", () => opener.focus({ preventScroll: true }));

  function copy(name, text) {
    const said = part("said");
    const done = () => (said.textContent = say("%s copied.", name));
    const failed = () => (said.textContent = say("Copying failed; select the text instead."));
    said.textContent = "";
    // Pages that came by plain http have no clipboard of their own.
    const byHand = () => {
      const area = made("textarea");
      area.value = text;
      card.append(area);
      area.select();
      (document.execCommand("copy") ? done : failed)();
      area.remove();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand);
    else byHand();
  }

  function text(kind, format, id) {
    if (format === "url" && !given.absolute) {
      return window.location.href.split("#")[0] + "#" + id;
    }
    return given.texts[kind][format].replaceAll(given.placeholder, id);
  }

  function open(link) {
    const id = link.getAttribute("href").slice(1);
    const kind = link.dataset.cite;
    const [cite, there, called] = told[kind];
    card.querySelector("h2").textContent = cite.replace("%s", id);
    part("text").textContent = text(kind, "chicago", id);
    part("address").textContent = text(kind, "url", id);
    showPassport(given.passports[id]);
    for (const button of part("copies").children) {
      button.dataset.text = text(kind, button.dataset.format, id);
    }
    part("formats").replaceChildren(
      ...given.formats.map(({ name, href }) => {
        const pdf = href.endsWith(".pdf");
        const other = made("a", "", pdf ? there.replace("%s", name) : `${name} (${called} ${id})`);
        other.href = href + (pdf ? "#nameddest=" + id : "");
        return other;
      })
    );
    part("said").textContent = "";
    part("newer").hidden = true;
    opener = link;
    card.showModal();
    offerNewest(id);
  }

  // What is known of a quotation: its words, through whom they came, where they are printed.
  function showPassport(known) {
    const place = part("passport");
    place.replaceChildren();
    if (!known) return;
    const line = (name, ...content) => {
      const row = made("p", "", made("b", "", name + " "), ...content);
      if (content.join("")) place.append(row);
      return row;
    };
    line(say("Words"), known.words).className = "passport-words";
    line(say("Voices"), known.voices.join(" → "));
    line(say("Printing"), known.printing);
    line(say("Page"), known.page).insertAdjacentHTML("beforeend", known.bar);
    line(say("State"), made("span", "mark mark-" + known.mark), " " + known.state);
  }

  let newest;
  function offerNewest(id) {
    if (window.location.protocol === "file:") return;
    const address = new URL(given.newest, window.location.href);
    newest ??= fetch(address).then((answer) => (answer.ok ? answer.json() : null), () => null);
    newest.then((found) => {
      if (!found || !found.release || found.release === given.release) return;
      const answers = (a) => a.id === id || (a.aliases || []).includes(id);
      const now = found.anchors.find((a) => a.address && answers(a));
      const link = made("a", "", now ? say("see %s there", id) : say("see the edition"));
      link.href = new URL(now ? now.address : ".", address).href;
      part("newer").replaceChildren(
        say("This is release %s. The newest is %s:", given.release, found.release), " ", link, "."
      );
      part("newer").hidden = false;
    });
  }

  for (const link of links) {
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (window.location.hash !== link.hash) window.location.hash = link.hash;
      open(link);
    });
    // Space opens the card as Enter does.
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      link.click();
    });
  }
})();

// The search: records of passages, quotations, entries, works and sections, best first. An exact
// id leads straight there. All is on the page: it works from a disk, too.
const search = (all, place) => {
  const LENGTH = 240;
  const ENOUGH = 0.5; // of the weight of the words asked for: "who is" before a name bars nothing
  const KINDS = {
    Person: say("Person"),
    Term: say("Term"),
    Event: say("Event"),
    Passage: say("Passage"),
    Quotation: say("Quotation"),
    Work: say("Work"),
    Section: say("Section"),
    Entry: say("Entry"),
  };
  const query = new URLSearchParams(window.location.search);
  const asked = (query.get("q") || "").trim();
  const field = byId("search-field");
  field.value = asked;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const letters = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  // The words that a question has beside what it is about.
  const COMMON = letters(say("a an and are at did do does for how in is of on say the to was what when where who why"));
  const asked_words = letters(asked);
  const telling = asked_words.filter((word) => !COMMON.includes(word));
  const words = telling.length ? telling : asked_words;
  if (!words.length) {
    place.append(made("p", "", say("A number such as p12 or q3 leads straight there; words find passages, quotations, persons, terms, events, works and sections.")));
    field.focus();
    return;
  }

  const address = (r, id = r.id) => new URL(`${r.page}#${id}`, root).href;
  // An id, also as people write one: P47, p. 47, ¶47, passage 47, 47; or a page of the book.
  const id = asked.toLowerCase();
  const [, name = "", number = "none"] = fold(asked).match(/^(\D*?)[\s.]*(\d+)$/) || [];
  const called = { Passage: ["", "¶", "p", fold(say("Passage"))], Quotation: ["q", fold(say("Quotation"))] };
  const named = all.filter((r) => r.ids.includes(id));
  const numbered = all.filter(
    (r) => !r.manual && called[r.kind]?.includes(name) && r.id.match(/^\D+(\d+)$/)?.[1] === number
  );
  const exact = named.find((r) => !r.manual) || named[0] || (numbered.length === 1 && numbered[0]);
  if (exact && !query.has("list")) window.location.replace(address(exact, named.length ? id : exact.id));
  const onPage = name === fold(say("page %s", "")).trim() ? all.filter((r) => r.at === number) : [];
  const within = all.filter((r) => words.some((word) => /\d/.test(word) && r.ids.includes(word)));
  const first = new Set([...named, ...numbered, ...onPage, ...within]);

  // A word is found at its beginning, in scripts without blanks anywhere.
  const pattern = (stem) => {
    const joint = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Khmr}\p{sc=Laoo}]/u.test(stem);
    return (joint ? "" : "(?<![\\p{L}\\p{N}])") + stem;
  };
  const begins = (text, stem) => new RegExp(pattern(stem), "u").test(text);
  const folded = all.map((r) => [fold(r.title), fold(r.text), r]);
  const stems = words.map((word) => word.slice(0, Math.max(4, word.length - 2)));
  const weights = stems.map((stem) => {
    const count = folded.filter(([title, text]) => begins(`${title} ${text}`, stem)).length;
    return count && Math.log(1 + all.length / count) ** 2;
  });
  const share = (text, of) =>
    of.reduce((sum, word, n) => sum + (begins(text, word) ? weights[n] : 0), 0) /
    weights.reduce((one, other) => one + other, 1e-9);

  const phrase = fold(asked).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  const score = ([title, text, r]) => {
    const found = share(`${title} ${text}`, stems);
    if (first.has(r)) return 200;
    if (found < ENOUGH) return 0;
    const points = 30 * found + 10 * share(title, stems) + 10 * share(title, words) + 12 * share(text, words);
    const whole = (title === phrase ? 60 : 0) + (words.length > 1 && text.includes(phrase) ? 25 : 0);
    const often = Math.min(3, text.split(stems[0]).length - 2);
    const entry = ["Person", "Term", "Event"].includes(r.kind) ? 5 : 0;
    const long = 4 * Math.max(0, Math.log10(text.length / 1500)); // a long text has any word
    return points + whole + often + entry - long - Object.keys(KINDS).indexOf(r.kind) / 10;
  };

  // The words around the rarest that the text has.
  const rarest = stems.toSorted((a, b) => weights[stems.indexOf(b)] - weights[stems.indexOf(a)]);
  const marked = (text) => {
    const all = new RegExp(`(?:${stems.map(pattern).join("|")})[\\p{L}\\p{N}]*`, "giu");
    const telling = rarest.find((stem) => begins(fold(text), stem));
    const first = telling ? fold(text).search(new RegExp(pattern(telling), "u")) : 0;
    let start = Math.max(0, first - LENGTH / 3);
    if (start) start = text.indexOf(" ", start) + 1;
    const end = start + LENGTH < text.length ? text.lastIndexOf(" ", start + LENGTH) : text.length;
    const shown = (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
    const line = made("p", "context");
    let last = 0;
    for (const match of shown.matchAll(all)) {
      line.append(shown.slice(last, match.index), made("mark", "", match[0]));
      last = match.index + match[0].length;
    }
    line.append(shown.slice(last));
    return line;
  };

  const list = (found) => {
    const items = found.map((r) => {
      const link = made("a", "", r.title || (r.kind === "Work" ? say("Bibliography") : r.in));
      link.href = address(r);
      const told = [KINDS[r.kind], r.state, r.title !== r.in && r.in].filter(Boolean).join(" · ");
      return made("li", "", link, made("span", "found-kind", " " + told), marked(r.text));
    });
    return made("ol", "found", ...items);
  };

  const hits = folded.map((each) => [score(each), each[2]]).filter(([points]) => points);
  hits.sort((a, b) => b[0] - a[0]);
  const edition = hits.filter(([, r]) => !r.manual).map(([, r]) => r);
  const manual = hits.filter(([, r]) => r.manual).map(([, r]) => r);
  const said = made("p", "", say("Places in the edition for “%s”: %s", asked, edition.length));
  said.setAttribute("role", "status");
  place.replaceChildren(said, list(edition.slice(0, 200)));
  // The next stop of the tab key is the first place found, not the head of the page.
  said.style.outline = "none"; // it is no control
  said.tabIndex = -1;
  said.focus();
  if (manual.length) {
    const summary = made("summary", "", say("In the manual (%s)", manual.length));
    const more = made("details", "", summary, list(manual.slice(0, 50)));
    more.open = !edition.length;
    place.append(more);
  }
};
const results = byId("edition-results");
if (results) records().then((all) => search(all, results));
}
