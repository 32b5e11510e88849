import assert from "node:assert/strict";
import test from "node:test";
import { Cursor } from "../grid/cursor.js";
import { copiedRows, pasteChanges } from "../grid/transfer.js";

const LINES = [["n", "d", "est", "note"], ["n", "est", "note"], ["n", "d", "est", "note"]];
const at = (row, field) => ({ rows: [row, row], columns: [field] });

test("a pasted range goes down and right from the active cell", () => {
  const { changes, left } = pasteChanges([["1", "2"], ["3", ""]], at(0, "n"), LINES);
  assert.deepEqual(changes, [
    { row: 0, field: "n", text: "1" },
    { row: 0, field: "d", text: "2" },
    { row: 1, field: "n", text: "3" },
  ]);
  assert.equal(left, 0);
});

test("cells without a place are counted, not squeezed in elsewhere", () => {
  const { changes, left } = pasteChanges([["1", "2"], ["3", "4"], ["5", "6"]], at(1, "n"), LINES);
  assert.deepEqual(changes.map(({ row, field }) => `${row}${field}`), ["1n", "2n", "2d"]);
  // Row 1 has no denominator, and there is no row 3.
  assert.equal(left, 3);
});

test("one pasted cell fills the whole selection", () => {
  const { changes } = pasteChanges([["7"]], { rows: [0, 2], columns: ["n"] }, LINES);
  assert.deepEqual(changes.map(({ row, text }) => [row, text]), [[0, "7"], [1, "7"], [2, "7"]]);
});

test("a pasted estimate is a tick only when it says yes", () => {
  const { changes } = pasteChanges([["x"], ["0"], ["TRUE"]], at(0, "est"), LINES);
  assert.deepEqual(changes.map(({ text }) => text), ["1", "", "1"]);
});

test("a copied range keeps its empty places", () => {
  const texts = { "0n": "1", "0d": "2", "1n": "3" };
  const rows = copiedRows({ rows: [0, 1], columns: ["n", "d"] }, (row, field) => texts[`${row}${field}`] ?? "");
  assert.deepEqual(rows, [["1", "2"], ["3", ""]]);
});

test("the cursor passes over a column that a row lacks and comes to the table's end", () => {
  const cursor = new Cursor(() => LINES);
  cursor.place(0, "d", false);
  assert.equal(cursor.vertical(1), true);
  assert.equal(cursor.field, "n");
  cursor.place(2, "note", false);
  assert.equal(cursor.onward(1), false);
  cursor.place(0, "note", false);
  assert.equal(cursor.onward(1), true);
  assert.deepEqual([cursor.row, cursor.field], [1, "n"]);
});

test("an extended selection is a rectangle from its anchor", () => {
  const cursor = new Cursor(() => LINES);
  cursor.place(2, "d", false);
  cursor.vertical(-1, true);
  cursor.vertical(-1, true);
  assert.deepEqual(cursor.range(), { rows: [0, 2], columns: ["n", "d"] });
});
