/* What our pages do in a browser, each part by itself; without this script every page is whole,
   in its plain order, and every number is a link. Nothing is fetched but the list of anchors of
   the newest release, from the same site, to offer it on an older one. */

"use strict";

{
const root = new URL(document.documentElement.dataset.content_root || "./", window.location.href);
const byId = (id) => document.getElementById(id);
const wanted = () => decodeURIComponent(window.location.hash.slice(1));

// What is remembered is a comfort: where a browser keeps nothing, all works without.
const memory = (store) => ({
  get: (name) => {
    try {
      return window[store].getItem(name);
    } catch {
      return null;
    }
  },
  set: (name, value) => {
    try {
      window[store].setItem(name, value);
    } catch {
      // Nothing is remembered.
    }
  },
});

// An address that leads to where an anchor stood is followed to where it stands now.
(() => {
  const follow = () => {
    const id = wanted();
    const place = id ? byId(id) : null;
    const page = document.querySelector(".moved-page");
    const from = place ? place.closest(".departed") : page && !id ? page : null;
    const link = from && from.querySelector("a[href]");
    if (!link) return;
    const target = new URL(link.getAttribute("href"), window.location.href);
    if (from === page) target.hash = "";
    window.location.replace(target.href);
  };
  follow();
  window.addEventListener("hashchange", follow);
})();

// The records of what can be looked for, loaded when they are first needed.
let recordsPromise;
const records = () => {
  recordsPromise ??= new Promise((resolve) => {
    if (window.EDITION_RECORDS) return resolve(window.EDITION_RECORDS);
    const script = document.createElement("script");
    script.src = new URL("edition-records.js", root).href;
    script.onload = () => resolve(window.EDITION_RECORDS || []);
    script.onerror = () => resolve([]);
    document.head.append(script);
  });
  return recordsPromise;
};

// The switch: the text alone, the brief alone, or everything.
(() => {
  const bar = document.querySelector(".reading-bar");
  if (!bar) return;
  const kept = memory("localStorage");
  const has = (selector) => document.querySelector(selector) !== null;
  const views = ["Read", "Brief", "Study"].filter(
    (view) => view !== "Brief" || has(".voice-brief") || has(".quotation.standoff")
  );
  document.body.classList.toggle("has-brief", has(".voice-brief"));
  const group = document.createElement("fieldset");
  group.className = "views";
  group.innerHTML = '<legend class="visually-hidden">Show</legend>';
  const said = {
    Read: "The text without notes and without marked names",
    Brief: "The editors’ brief alone",
    Study: "The text, the brief and the notes",
  };
  const show = (view) => {
    document.body.dataset.view = view.toLowerCase();
    group.querySelector(`input[value="${view}"]`).checked = true;
    window.dispatchEvent(new Event("edition-view"));
  };
  for (const view of views) {
    const label = document.createElement("label");
    label.title = said[view];
    label.innerHTML = `<input type="radio" name="view" value="${view}"><span>${view}</span>`;
    group.append(label);
  }
  group.addEventListener("change", (event) => {
    kept.set("edition-view", event.target.value);
    show(event.target.value);
  });
  bar.append(group);
  const before = kept.get("edition-view");
  show(views.includes(before) ? before : "Study");

  // What an address leads to is never hidden.
  const reveal = () => {
    const place = byId(wanted());
    if (!place || place.getClientRects().length) return;
    show("Study");
    place.scrollIntoView();
  };
  reveal();
  window.addEventListener("hashchange", reveal);
})();

// Beside the text a note begins at the height of its call.
(() => {
  const columns = document.querySelectorAll(".passage > .voice-notes");
  const align = () => {
    for (const column of columns) {
      const notes = [...column.querySelectorAll(":scope > aside.footnote")];
      for (const note of notes) note.style.marginBlockStart = "";
      const text = column.parentElement.querySelector(":scope > .voice-text");
      if (!text || column.getBoundingClientRect().left < text.getBoundingClientRect().right) continue;
      for (const note of notes) {
        const call = byId((note.querySelector("a[href^='#']")?.getAttribute("href") || "#").slice(1));
        if (!call) continue;
        const gap = call.getBoundingClientRect().top - note.getBoundingClientRect().top;
        if (gap > 4) note.style.marginBlockStart = `${gap}px`;
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

// Keys: / looks for something, j and k go to the next and the previous passage.
(() => {
  const passages = [...document.querySelectorAll(".passage, .cited-passage")];
  const typing = (at) => at.closest("input, textarea, select, [contenteditable], dialog[open]");
  const beyond = (name) => document.querySelector(`link[rel~="${name}"]`)?.href;
  // Where the reader is: at the passage of the address while it is seen, else at the uppermost.
  let last = -1; // the passage that a key has led to, until the reader moves otherwise
  for (const move of ["wheel", "touchmove", "pointerdown"]) {
    document.addEventListener(move, () => (last = -1), { passive: true });
  }
  const here = () => {
    if (last >= 0) return last;
    const at = passages.findIndex((p) => p.id === wanted());
    const box = at >= 0 && passages[at].getBoundingClientRect();
    if (box && box.bottom > 0 && box.top < window.innerHeight) return at;
    return passages.findLastIndex((p) => p.getBoundingClientRect().top <= 90);
  };
  const go = (step) => {
    const next = Math.max(here(), step > 0 ? -1 : 0) + step;
    const target = passages[next];
    last = target ? next : last;
    if (target) window.location.hash = target.id;
    else if (beyond(step > 0 ? "next" : "prev")) window.location = beyond(step > 0 ? "next" : "prev");
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      const fields = [...document.querySelectorAll('input[name="q"]')];
      const field = fields.find((f) => f.getClientRects().length && f.getBoundingClientRect().right > 0);
      event.preventDefault();
      if (field) field.focus();
      else window.location = new URL("search.html", root);
    } else if (passages.length && (event.key === "j" || event.key === "k")) {
      go(event.key === "j" ? 1 : -1);
    }
  });
})();

// In the strip the arrow keys go from cell to cell, so that it is one stop of the tab key.
(() => {
  for (const strip of document.querySelectorAll("nav.strip")) {
    const cells = [...strip.querySelectorAll(".strip-cells > a")];
    cells.forEach((cell, number) => (cell.tabIndex = number ? -1 : 0));
    strip.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = cells[cells.indexOf(document.activeElement) + step];
      if (!step || !next || !cells.includes(document.activeElement)) return;
      event.preventDefault();
      document.activeElement.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  }
})();

// A way back after a jump from a passage, an entry or a list.
(() => {
  const kept = memory("sessionStorage");
  const place = (link) => {
    const block = link.closest(".passage, .cited, tr, dl.index-entries > dd, ul.bibliography li");
    const within = block?.matches("dd") ? block.previousElementSibling : block;
    return within?.id || within?.querySelector("[id]")?.id || link.closest("section[id]")?.id || "";
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("article a[href]");
    if (!link || link.matches(".permalink, .headerlink, .strip a") || !link.hash) return;
    if (link.origin !== window.location.origin || !root.href.startsWith(root.origin)) return;
    const id = place(link);
    const from = new URL(window.location.href);
    from.hash = id;
    const name = link.closest(".passage, .cited") ? id : document.querySelector("h1")?.firstChild?.textContent;
    kept.set("edition-way-back", JSON.stringify({ from: from.href, name, to: link.href }));
  });
  const offer = () => {
    document.querySelector(".way-back")?.remove();
    const jump = JSON.parse(kept.get("edition-way-back") || "null");
    if (!jump || jump.to !== window.location.href) return;
    const back = document.createElement("a");
    back.className = "way-back";
    back.href = jump.from;
    back.textContent = "← Back to " + (jump.name || "where you were");
    const holder = document.querySelector("article") || document.querySelector("[role=main]") || document.body;
    holder.append(back);
  };
  offer();
  window.addEventListener("hashchange", offer);
})();

// Previews: what a link leads to, on hover, focus and a long press.
(() => {
  const INTERNAL = ".name a, .passages a, a.reference.internal, .strip-cells > a";
  let box;
  let timer;
  let held = false;
  const close = () => {
    clearTimeout(timer);
    box?.remove();
    box = null;
  };
  const find = async (link) => {
    const id = decodeURIComponent(link.hash.slice(1));
    const page = decodeURIComponent(link.href.split("#")[0].slice(root.href.length));
    const all = await records();
    return all.find((r) => r.ids.includes(id) && (r.page === page || !page)) || all.find((r) => r.ids.includes(id));
  };
  const show = async (link) => {
    const found = await find(link);
    if (!found || !link.isConnected) return;
    box?.remove();
    box = document.createElement("div");
    box.className = "preview";
    box.setAttribute("role", "tooltip");
    box.id = "edition-preview";
    const head = document.createElement("b");
    head.textContent = found.title || found.kind;
    const text = document.createElement("p");
    text.textContent = found.text.length > 420 ? found.text.slice(0, 400).replace(/\s\S*$/, "") + " …" : found.text;
    box.append(head, text);
    (document.querySelector("article") || document.body).append(box);
    const at = link.getClientRects()[0] || link.getBoundingClientRect();
    const size = box.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left), document.documentElement.clientWidth - size.width - 8);
    const below = at.bottom + size.height + 12 < window.innerHeight;
    box.style.left = `${left}px`;
    box.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - size.height - 6)}px`;
  };
  const linkOf = (event) => {
    const link = event.target.closest?.(INTERNAL);
    return link && link.closest("article, [role=main], main") && link.hash.length > 1 && !link.matches(".permalink, .headerlink") ? link : null;
  };
  const soon = (link, delay) => {
    close();
    timer = setTimeout(() => show(link), delay);
  };
  document.addEventListener("pointerover", (event) => {
    const link = linkOf(event);
    if (link && event.pointerType === "mouse") soon(link, 300);
  });
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType === "mouse" && linkOf(event)) close();
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link?.matches(":focus-visible")) soon(link, 300);
  });
  document.addEventListener("focusout", close);
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  window.addEventListener("scroll", close, { passive: true });
  document.addEventListener("pointerdown", (event) => {
    close();
    held = false;
    const link = linkOf(event);
    if (!link || event.pointerType === "mouse") return;
    timer = setTimeout(() => {
      held = true;
      show(link);
    }, 450);
  });
  document.addEventListener("pointerup", () => !held && clearTimeout(timer));
  document.addEventListener("pointercancel", () => !held && clearTimeout(timer));
  document.addEventListener("contextmenu", (event) => held && event.preventDefault());
  document.addEventListener("click", (event) => {
    if (!held) return;
    held = false;
    event.preventDefault();
  }, true);
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
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      for (const paragraph of button.querySelectorAll("p")) {
        paragraph.replaceWith(...paragraph.childNodes);
      }
      button.addEventListener("click", () => sort(table, column));
    });
  }
})();

// The card that the number of a passage or quotation opens: its passport, its citation, to be
// copied in several formats.
(() => {
  const source = document.getElementById("edition-citing");
  const links = document.querySelectorAll("a.permalink[data-cite]");
  if (!source || !links.length || !("showModal" in HTMLDialogElement.prototype)) return;
  const given = JSON.parse(source.textContent);
  // Our words in the language of the edition, each %s in order replaced.
  const say = (words, ...parts) =>
    parts.reduce((text, part) => text.replace("%s", part), given.words[words] || words);

  const card = document.createElement("dialog");
  card.className = "citing-card";
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
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.format = format;
    button.textContent = name;
    button.setAttribute("aria-label", say("Copy %s", name));
    button.addEventListener("click", () => copy(name, button.dataset.text));
    part("copies").append(button);
  }
  part("close").addEventListener("click", () => card.close());
  card.addEventListener("click", (event) => {
    if (event.target === card) card.close();
  });
  // Going to the passage has taken the focus from its number.
  let opener;
  card.addEventListener("close", () => opener.focus({ preventScroll: true }));

  function copy(name, text) {
    const said = part("said");
    const done = () => (said.textContent = say("%s copied.", name));
    const failed = () => (said.textContent = say("Copying failed; select the text instead."));
    said.textContent = "";
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(done, () => (byHand(text) ? done() : failed()));
    } else if (byHand(text)) {
      done();
    } else {
      failed();
    }
  }

  // Pages that came by plain http have no clipboard of their own.
  function byHand(text) {
    const area = document.createElement("textarea");
    area.value = text;
    card.append(area);
    area.select();
    const worked = document.execCommand("copy");
    area.remove();
    return worked;
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
    card.querySelector("h2").textContent = say("Cite " + kind + " %s", id);
    part("text").textContent = text(kind, "chicago", id);
    part("address").textContent = text(kind, "url", id);
    showPassport(given.passports[id]);
    for (const button of part("copies").children) {
      button.dataset.text = text(kind, button.dataset.format, id);
    }
    part("formats").replaceChildren();
    for (const format of given.formats) {
      const other = document.createElement("a");
      const pdf = /\.pdf$/.test(format.href);
      other.href = format.href + (pdf ? "#nameddest=" + id : "");
      other.textContent = say("This " + kind + " in the %s", format.name);
      if (!pdf) other.textContent = format.name + " (" + say(kind) + " " + id + ")";
      part("formats").append(other);
    }
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
      if (!content.join("")) return;
      const row = document.createElement("p");
      const label = document.createElement("b");
      label.textContent = say(name) + " ";
      row.append(label, ...content);
      place.append(row);
      return row;
    };
    const words = line("Words", known.words && "“" + known.words + "”");
    if (words) words.className = "passport-words";
    line("Voices", known.voices.join(" → "));
    line("Printing", known.printing);
    const page = line("Page", known.page);
    if (page) page.insertAdjacentHTML("beforeend", known.bar);
    const mark = document.createElement("span");
    mark.className = "mark mark-" + known.mark;
    line("State", mark, " " + known.state);
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
      const link = document.createElement("a");
      link.href = new URL(now ? now.address : ".", address).href;
      link.textContent = now ? say("see %s there", id) : say("see the edition");
      part("newer").replaceChildren(
        say("This is release %s. The newest is %s: ", given.release, found.release),
        link,
        "."
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
}
