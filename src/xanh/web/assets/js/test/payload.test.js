import assert from "node:assert/strict";
import test from "node:test";
import { findings, referencesOf } from "../grid/checks.js";
import { readCell } from "../grid/fields.js";
import { buildBody } from "../grid/payload.js";

function row(code, n, d, { note = "", dirty = true, rules = [], prev = { n: null, d: null } } = {}) {
  const made = { code, kind: "RATIO", scale: 2, dirty, rules, prev };
  const cell = (field, typed) => readCell(made, field, typed);
  made.cells = { n: cell("n", n), d: cell("d", d), est: cell("est", ""), note: cell("note", note) };
  return made;
}

const HARD = { json: ["<=", ["ref", "", "n"], ["ref", "", "d"]], level: "hard", message: "Tử số lớn hơn mẫu số." };
const SOFT = { json: [">=", ["ref", "", "n"], ["ref", "prev", "n"]], level: "soft", message: "Giảm so với kỳ trước." };
const OTHER = { json: ["<=", ["ref", "", "d"], ["ref", "DU-03", "d"]], level: "soft", message: "Lớn hơn DU-03." };

test("an autosave carries only changed rows, in whole numbers", () => {
  const { body, codes } = buildBody([row("UB-01", "2.493", "2.889"), row("UB-02", "1", "2", { dirty: false })], 4);
  assert.deepEqual(body, { values: { "UB-01": { n: 2493, d: 2889, est: false, note: "" } }, base_version: 4 });
  assert.deepEqual(codes, ["UB-01"]);
});

test("a row with a figure that cannot be read waits and is not sent as empty", () => {
  const { body, waiting } = buildBody([row("UB-01", "hai", "2")], 1);
  assert.deepEqual(body.values, {});
  assert.equal(waiting, 1);
});

test("a hard finding stands and a soft one is lifted by a note", () => {
  const wrong = row("UB-01", "5", "3", { rules: [HARD, SOFT], prev: { n: 9, d: 9 } });
  assert.deepEqual(findings(wrong, [wrong], {}).map(({ level, lifted }) => [level, lifted]), [["hard", false], ["soft", false]]);
  const explained = row("UB-01", "2", "3", { rules: [HARD, SOFT], prev: { n: 9, d: 9 }, note: "Đã rà soát" });
  assert.deepEqual(findings(explained, [explained], {}).map(({ level, lifted }) => [level, lifted]), [["soft", true]]);
});

test("a rule sees the other row as it stands on the page, or its latest value from elsewhere", () => {
  const here = row("DU-01", "1", "50", { rules: [OTHER] });
  const there = row("DU-03", "1", "40");
  assert.equal(findings(here, [here, there], {}).length, 1);
  assert.equal(findings(here, [here], { "DU-03": { n: 1, d: 60, kind: "RATIO", scale: 2 } }).length, 0);
  assert.deepEqual([...referencesOf(here)].sort(), ["", "DU-03"]);
});

test("an empty row is not checked", () => {
  const empty = row("UB-01", "", "", { rules: [SOFT], prev: { n: 9, d: 9 } });
  assert.deepEqual(findings(empty, [empty], {}), []);
});

test("yes and no are understood as a clerk types them", () => {
  const yesNo = { kind: "YES_NO", scale: 0 };
  assert.deepEqual(["c", "Có", "1", "x"].map((typed) => readCell(yesNo, "n", typed).value), [1, 1, 1, 1]);
  assert.deepEqual(["k", "không", "0"].map((typed) => readCell(yesNo, "n", typed).value), [0, 0, 0]);
  assert.match(readCell(yesNo, "n", "có lẽ").error, /có hay không/);
});
