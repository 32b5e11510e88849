// From pasted rows to changes of cells, and from a range to copied rows. Pure: knows the model, not the page.
import { readTick } from "./fields.js";
import { COLUMNS } from "./cursor.js";

/**
 * The changes that a paste makes: [{row, field, text}]. `lines` are the fields that each row lets be edited.
 * One pasted cell over a larger selection fills all of it, as Excel does; else the range goes down and right from the
 * selection's first cell. A column that a row lacks takes nothing. `left` counts pasted, non-empty cells without a place.
 */
export function pasteChanges(pasted, range, lines) {
  const { rows, columns } = range;
  const fills = pasted.length === 1 && pasted[0].length === 1;
  const start = COLUMNS.indexOf(columns[0]);
  const targets = fills
    ? span(rows[0], rows[1]).flatMap((row) => columns.map((field) => ({ row, field, text: pasted[0][0] })))
    : pasted.flatMap((line, down) => line.map((text, right) => ({ row: rows[0] + down, field: COLUMNS[start + right], text })));
  const changes = [];
  let left = 0;
  for (const { row, field, text } of targets) {
    if (lines[row]?.includes(field)) changes.push({ row, field, text: field === "est" ? readTick(text) : text });
    else if (text.trim()) left += 1;
  }
  return { changes, left };
}

/** The texts of the selected rectangle, for the clipboard. `textAt(row, field)` gives "" where a row lacks the field. */
export function copiedRows({ rows, columns }, textAt) {
  return span(rows[0], rows[1]).map((row) => columns.map((field) => textAt(row, field)));
}

export function span(first, last) {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
