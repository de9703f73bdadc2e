/* The card that a passage's number opens: its citation, to be copied in several formats.
   Without this script the numbers are links to their passages. Nothing is fetched but the
   list of anchors of the newest release, from the same site, to offer it on an older one. */

(function () {
  "use strict";

  // An address that leads to where an anchor stood is followed to where it stands now.
  function follow() {
    const id = decodeURIComponent(window.location.hash.slice(1));
    const place = id ? document.getElementById(id) : null;
    const page = document.querySelector(".moved-page");
    const from = place ? place.closest(".departed") : page && !id ? page : null;
    const link = from && from.querySelector("a[href]");
    if (!link) return;
    const target = new URL(link.getAttribute("href"), window.location.href);
    if (from === page) target.hash = "";
    window.location.replace(target.href);
  }

  follow();
  window.addEventListener("hashchange", follow);

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
    `<p class="citing-text" role="group" aria-label="${say("Citation")}"></p>` +
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
