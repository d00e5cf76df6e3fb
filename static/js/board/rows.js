import { all, need } from "../lib/dom.js";

/**
 * Make a list's rows those of `items`, keeping the rows that stay.
 * @template {{id: number | string}} T
 * @param {HTMLElement} list
 * @param {string} template
 * @param {T[]} items
 * @param {(row: HTMLElement, item: T) => void} show
 */
export function fill(list, template, items, show) {
  const rows = new Map(all(":scope > [data-id]", list).map((row) => [row.dataset.id, row]));
  /** @type {Element | null} */
  let last = null;
  for (const item of items) {
    const id = String(item.id);
    const row = rows.get(id) ?? makeRow(template, id);
    rows.delete(id);
    show(row, item);
    // Rows that stand where they belong are left alone: what is open or in focus stays so.
    /** @type {Element | null} */
    const next = last ? last.nextElementSibling : list.firstElementChild;
    if (row !== next) list.insertBefore(row, next);
    last = row;
  }
  for (const row of rows.values()) row.remove();
}

/** @param {string} template @param {string} id @returns {HTMLElement} */
function makeRow(template, id) {
  const source = /** @type {HTMLTemplateElement} */ (need(template));
  const made = /** @type {HTMLElement} */ (source.content.cloneNode(true));
  const row = need("[data-id]", made);
  row.dataset.id = id;
  row.toggleAttribute("data-new", true);
  for (const form of row.querySelectorAll("form")) {
    // Inside a template nothing has an address yet: the attribute is what is written.
    const action = form.getAttribute("action") ?? "";
    form.setAttribute("action", action.replace(/\/0(\/|$)/, `/${id}$1`));
  }
  return row;
}
