/* What every page does in a browser, each part by itself; without this script every page is whole,
   in its plain order, and every number is a link. Nothing is fetched from another site. */

"use strict";

{
const root = new URL(document.documentElement.dataset.content_root || "./", window.location.href);
const byId = (id) => document.getElementById(id);
const wanted = () => decodeURIComponent(window.location.hash.slice(1));

// Our words in the language of the edition, which the build puts here; %s is replaced in order.
const WORDS = {};
const say = (words, ...parts) =>
  parts.reduce((text, part) => text.replace("%s", part), WORDS[words] || words);

// Return a new element with a class, a text or other content.
const made = (name, className = "", ...content) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...content);
  return element;
};

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

// In the strip the arrow keys go from cell to cell, so that it is one stop of the tab key; a finger,
// which is broader than a cell, is told which passage it is on and goes there when it is lifted.
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

    let under = null;
    const away = (box, x, y) =>
      Math.max(box.left - x, x - box.right, 0) + 4 * Math.max(box.top - y, y - box.bottom, 0);
    const follow = (event) => {
      const far = (cell) => away(cell.getBoundingClientRect(), event.clientX, event.clientY);
      const near = cells.reduce((one, other) => (far(other) < far(one) ? other : one));
      if (near === under) return;
      under?.classList.remove("touched");
      under = near;
      under.classList.add("touched");
      preview.show(under, under.getAttribute("aria-label"));
    };
    const leave = () => {
      under?.classList.remove("touched");
      under = null;
      preview.close();
    };
    let byFinger = false;
    strip.addEventListener("pointerdown", (event) => {
      byFinger = event.pointerType !== "mouse" && event.target.closest(".strip-cells") !== null;
      if (byFinger) follow(event);
    });
    strip.addEventListener("pointermove", (event) => under && follow(event));
    strip.addEventListener("pointercancel", leave);
    strip.addEventListener("pointerup", () => {
      if (!under) return;
      window.location = under.href;
      leave();
    });
    // The cell that the finger happened to begin on is not followed as well.
    strip.addEventListener("click", (event) => event.detail && byFinger && event.preventDefault());
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
    const back = made("a", "way-back", "← " + (jump.name ? say("Back to %s", jump.name) : say("Back")));
    back.href = jump.from;
    const holder = document.querySelector("article") || document.querySelector("[role=main]") || document.body;
    holder.append(back);
  };
  offer();
  window.addEventListener("hashchange", offer);
})();

// Previews: what a link leads to, on hover, focus and a long press.
const preview = (() => {
  const LENGTH = 420;
  const INTERNAL = ".name a, .passages a, a.reference.internal, a.footnote-reference, .strip-cells > a";
  let box;
  let timer;
  let held = false;
  let aim; // the link that was asked for last
  const drop = () => {
    box?.link.removeAttribute("aria-describedby");
    box?.remove();
    box = null;
  };
  const close = () => {
    clearTimeout(timer);
    aim = null;
    drop();
  };
  const find = async (link) => {
    const id = decodeURIComponent(link.hash.slice(1));
    const note = byId(id)?.closest("aside.footnote");
    if (note) return noted(note);
    const page = decodeURIComponent(link.href.split("#")[0].slice(root.href.length));
    const all = await records();
    return all.find((r) => r.ids.includes(id) && (r.page === page || !page)) || all.find((r) => r.ids.includes(id));
  };
  // A note has no record; one that is seen has no need of a preview.
  const noted = (note) => {
    const { top, bottom } = note.getBoundingClientRect();
    if (note.getClientRects().length && top >= 0 && bottom <= window.innerHeight) return null;
    const [label, ...text] = [...note.children].map((part) => part.textContent);
    return { title: label, text: text.join(" ") };
  };
  const write = (link, head, text) => {
    drop();
    const short = text.length > LENGTH ? text.slice(0, LENGTH - 20).replace(/\s\S*$/, "") + " …" : text;
    box = made("div", "preview", made("b", "", head), made("p", "", short));
    box.setAttribute("role", "tooltip");
    box.id = "edition-preview";
    box.link = link;
    link.setAttribute("aria-describedby", box.id);
    (document.querySelector("article") || document.body).append(box);
    const at = link.getClientRects()[0] || link.getBoundingClientRect();
    const size = box.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left), document.documentElement.clientWidth - size.width - 8);
    const below = at.bottom + size.height + 12 < window.innerHeight;
    box.style.left = `${left}px`;
    box.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - size.height - 6)}px`;
  };
  // What is known at once is shown until the records are there.
  const show = async (link, known) => {
    aim = link;
    if (known) write(link, known, "");
    const found = await find(link);
    if (found && link.isConnected && aim === link) {
      write(link, known || found.title || say(found.kind), found.text);
    }
  };
  const linkOf = (event) => {
    const link = event.target.closest?.(INTERNAL);
    return link && link.closest("article, [role=main], main") && link.hash.length > 1 && !link.matches(".permalink, .headerlink") ? link : null;
  };
  const soon = (link) => {
    close();
    aim = link;
    timer = setTimeout(() => show(link), 300);
  };
  // The mouse may go from a link to its preview, and select words there.
  const shown = (event) => event.target.closest?.(".preview");
  document.addEventListener("pointerover", (event) => {
    if (shown(event)) return clearTimeout(timer);
    const link = linkOf(event);
    if (link && event.pointerType === "mouse") soon(link);
  });
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType !== "mouse" || !(linkOf(event) || shown(event))) return;
    clearTimeout(timer);
    timer = setTimeout(close, 200);
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link?.matches(":focus-visible")) soon(link);
  });
  document.addEventListener("focusout", close);
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  // What was asked for while the page still moved is shown when it stands.
  window.addEventListener("scroll", () => (aim && !box ? soon(aim) : close()), { passive: true });
  document.addEventListener("pointerdown", (event) => {
    if (shown(event) || (event.target.closest(".strip-cells") && event.pointerType !== "mouse")) return;
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
  return { show, close };
})();

window.edition = { root, byId, wanted, say, made, memory, records };
}
