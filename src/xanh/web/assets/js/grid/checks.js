// The checks of a row while it is typed: hard ones must be put right, soft ones are lifted by a note.
import { evaluate } from "../rules.js";

/** The rows a rule may name: itself "", its last period "prev", and every other row by code. */
export function scopeOf(row, rows, others) {
  const scope = { ...others };
  for (const each of rows) scope[each.code] = facts(each);
  scope[""] = facts(row);
  scope.prev = { ...row.prev, kind: row.kind, scale: row.scale };
  return scope;
}

function facts(row) {
  return { n: row.cells.n.value, d: row.cells.d?.value ?? null, kind: row.kind, scale: row.scale };
}

/** Findings of one row: [{level: "hard" | "soft", message, lifted}]. An empty row is not checked. */
export function findings(row, rows, others) {
  if (row.cells.n.value === null && (row.cells.d?.value ?? null) === null) return [];
  const scope = scopeOf(row, rows, others);
  return row.rules
    .filter((rule) => evaluate(rule.json, scope) === "FAILED")
    .map(({ level, message }) => ({ level, message, lifted: level === "soft" && Boolean(row.cells.note?.value) }));
}

/** The codes a rule of `row` refers to, so that only rows that may change are checked again. */
export function referencesOf(row) {
  const codes = new Set();
  const walk = (node) => {
    if (!Array.isArray(node)) return;
    if (node[0] === "ref") codes.add(node[1]);
    node.slice(1).forEach(walk);
  };
  row.rules.forEach((rule) => walk(rule.json));
  return codes;
}
