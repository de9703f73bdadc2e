// Lets the columns of a table of class "sortable" be put in order. Without it the table is whole.

"use strict";

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
    const rows = [...body.rows].sort((a, b) => collator.compare(words(a, column), words(b, column)));
    body.append(...(down ? rows.reverse() : rows));
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    if (!table.tHead || table.tBodies.length !== 1) continue;
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
