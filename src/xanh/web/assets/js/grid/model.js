// The rows of the entry table as they stand on the page, read once from the server's markup.
import { readCell } from "./fields.js";
import { COLUMNS } from "./cursor.js";
import { parseTarget } from "./verdict.js";

function jsonOf(id) {
  const script = document.getElementById(id);
  return script ? JSON.parse(script.textContent) : {};
}

function whole(text) {
  return text === undefined || text === "" ? null : Number(text);
}

function controlOf(td) {
  return td.querySelector("input, textarea, select");
}

/** What a control of the plain form holds, as text of the cell. */
export function typedIn(field, control) {
  if (field === "est") return control.checked ? "1" : "";
  return control.value;
}

function readCells(row, tr) {
  const cells = {};
  for (const td of tr.querySelectorAll("td[data-field]")) {
    const field = td.dataset.field;
    const control = controlOf(td);
    if (!COLUMNS.includes(field) || !control) continue;
    const label = control.getAttribute("aria-label") ?? td.dataset.label ?? "";
    const read = readCell(row, field, typedIn(field, control));
    // A form that the server refused comes back with its messages at the cells.
    const error = read.error || td.querySelector(".grid-message")?.textContent || "";
    cells[field] = { td, control, label, ...read, error };
  }
  return cells;
}

function readRow(tr, rules) {
  const { code, kind, scale, direction, target, targetOn, passed, prevN, prevD, due } = tr.dataset;
  const row = {
    tr,
    code,
    kind: kind.toUpperCase(),
    scale: Number(scale || 0),
    direction: (direction || "higher").toUpperCase(),
    target: parseTarget(target),
    targetOn: targetOn ? ` ${targetOn}` : "",
    passed: passed === "1",
    prev: { n: whole(prevN), d: whole(prevD) },
    due: due === "1",
    rules: rules[code] ?? [],
    findings: [],
    dirty: false,
    confirmed: false,
  };
  row.cells = readCells(row, tr);
  row.name = tr.querySelector("[data-name]")?.textContent.trim() || code;
  return row;
}

/** Reads the table, its rules (#grid-rules) and the latest values of rows elsewhere (#grid-scope). */
export function readModel(table) {
  const rules = jsonOf("grid-rules");
  const rows = [...table.querySelectorAll("tr[data-code]")].map((tr) => readRow(tr, rules)).filter((row) => row.cells.n);
  return { table, rows, others: jsonOf("grid-scope"), baseVersion: Number(table.dataset.baseVersion || 0) };
}

/** The rows that are shown now: a row behind a tab or a fold is passed over by the keys. */
export function shownRows(model) {
  return model.rows.filter((row) => !row.tr.closest("[hidden]"));
}

export function fieldsOf(row) {
  return COLUMNS.filter((field) => row.cells[field]);
}

/** Writes one cell; returns the change for the history, or null when nothing changes. */
export function writeCell(row, field, typed) {
  const cell = row.cells[field];
  const before = cell.text;
  const read = readCell(row, field, typed);
  if (read.text === before && read.error === cell.error) return null;
  Object.assign(cell, read);
  row.dirty = true;
  if (field === "n" || field === "d") row.confirmed = false;
  return { row, field, before, after: read.text };
}

/** Whether nothing has been given yet for a row that is due and has an earlier value that could be confirmed. */
export function awaitsConfirmation(row) {
  const empty = (field) => !row.cells[field] || row.cells[field].text === "";
  return row.due && row.prev.n !== null && empty("n") && empty("d");
}
