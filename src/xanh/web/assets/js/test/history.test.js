import assert from "node:assert/strict";
import test from "node:test";
import { createHistory } from "../grid/history.js";

const change = (row, before, after) => ({ row, field: "n", before, after });

test("undo takes the last act back whole, last change first", () => {
  const history = createHistory();
  history.push([change(1, "", "5"), change(2, "7", "8")]);
  assert.deepEqual(history.undo(), [
    { row: 2, field: "n", text: "7" },
    { row: 1, field: "n", text: "" },
  ]);
  assert.equal(history.undo(), null);
});

test("redo does the undone act again", () => {
  const history = createHistory();
  history.push([change(1, "", "5")]);
  history.undo();
  assert.deepEqual(history.redo(), [{ row: 1, field: "n", text: "5" }]);
  assert.equal(history.redo(), null);
});

test("a new act ends what could be redone", () => {
  const history = createHistory();
  history.push([change(1, "", "5")]);
  history.undo();
  history.push([change(2, "", "6")]);
  assert.equal(history.redo(), null);
});

test("an act that changed nothing is no step", () => {
  const history = createHistory();
  history.push([change(1, "", "5")]);
  history.push([]);
  assert.equal(history.undo().length, 1);
});
