import assert from "node:assert/strict";
import test from "node:test";
import { parseTsv, toTsv } from "../grid/tsv.js";

test("tabs part cells and line ends part rows", () => {
  assert.deepEqual(parseTsv("1\t2\r\n3\t4\r\n"), [["1", "2"], ["3", "4"]]);
  assert.deepEqual(parseTsv("1\t2\n3\t4"), [["1", "2"], ["3", "4"]]);
  assert.deepEqual(parseTsv("7"), [["7"]]);
});

test("empty cells keep their place", () => {
  assert.deepEqual(parseTsv("1\t\t3"), [["1", "", "3"]]);
  assert.deepEqual(parseTsv("1\t"), [["1", ""]]);
  assert.deepEqual(parseTsv("\t2\r\n"), [["", "2"]]);
  assert.deepEqual(parseTsv("1\r\n\r\n3\r\n"), [["1"], [""], ["3"]]);
});

test("a quoted cell may hold line ends, tabs and doubled quotes", () => {
  assert.deepEqual(parseTsv('5\t"dòng một\ndòng ""hai"""\t6\r\n'), [["5", 'dòng một\ndòng "hai"', "6"]]);
  assert.deepEqual(parseTsv('"a\tb"\tc'), [["a\tb", "c"]]);
  assert.deepEqual(parseTsv('"x"\r\n'), [["x"]]);
});

test("a quote that is never closed is part of the text", () => {
  assert.deepEqual(parseTsv('"Kế hoạch\t5'), [['"Kế hoạch', "5"]]);
});

test("a quote inside a bare cell is plain text", () => {
  assert.deepEqual(parseTsv('xã "Tân Mẫu"\t5'), [['xã "Tân Mẫu"', "5"]]);
});

test("what is copied is read back as it was", () => {
  const rows = [["1.250", 'nói "có"'], ["", "hai\ndòng"], ["\tthụt", "x"]];
  assert.deepEqual(parseTsv(toTsv(rows)), rows);
});
