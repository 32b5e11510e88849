import assert from "node:assert/strict";
import test from "node:test";
import { judge, parseTarget, resultText } from "../grid/verdict.js";

const ratio = (target, direction = "HIGHER") => ({
  kind: "RATIO", scale: 2, direction, target: parseTarget(target), targetOn: " đến 30/11", passed: false,
});

test("the result of a ratio is its share to two decimals", () => {
  // 2493 / 2889 = 0,862928…
  assert.equal(resultText(ratio("80"), 2493, 2889), "86,29%");
  assert.equal(resultText(ratio("80"), 5, 0), "");
});

test("green from the target, amber from nine tenths of it, red below", () => {
  assert.deepEqual(judge(ratio("80"), 80, 100), { light: "GREEN", reason: "bằng mục tiêu đến 30/11" });
  assert.deepEqual(judge(ratio("80"), 72, 100), { light: "AMBER", reason: "thấp hơn mục tiêu đến 30/11 là 8,0 điểm" });
  assert.deepEqual(judge(ratio("80"), 71, 100), { light: "RED", reason: "thấp hơn mục tiêu đến 30/11 là 9,0 điểm" });
  assert.equal(judge(ratio("80"), 90, 100).reason, "cao hơn mục tiêu đến 30/11 là 10,0 điểm");
});

test("where lower is better the same shares are mirrored", () => {
  assert.equal(judge(ratio("9", "LOWER"), 9, 100).light, "GREEN");
  assert.equal(judge(ratio("9", "LOWER"), 10, 100).light, "AMBER");
  assert.equal(judge(ratio("9", "LOWER"), 11, 100).light, "RED");
});

test("an exact path value is compared exactly", () => {
  // 200/3 per cent: two thirds are equal to it, and 66,66 would not be.
  assert.equal(judge(ratio("200/3"), 2, 3).reason, "bằng mục tiêu đến 30/11");
});

test("grey always says which grey it is", () => {
  assert.equal(judge(ratio("80"), null, 5).reason, "chưa có số liệu");
  assert.equal(judge(ratio("80"), 5, null).reason, "chưa có số liệu");
  assert.equal(judge(ratio("80"), 5, 0).reason, "chưa tính được vì mẫu số bằng 0");
  assert.equal(judge(ratio(""), 5, 10).reason, "chưa có mục tiêu để so sánh");
});

test("yes and no are judged by their date", () => {
  const row = { kind: "YES_NO", scale: 0, direction: "YES", target: parseTarget("1"), targetOn: " đến 30/11", passed: false };
  assert.equal(judge(row, 1, null).light, "GREEN");
  assert.equal(judge(row, 0, null).light, "AMBER");
  assert.equal(judge({ ...row, passed: true }, 0, null).light, "RED");
});

test("a date after its milestone is amber and says by how many days", () => {
  const row = { kind: "DATE", scale: 0, direction: "YES", target: parseTarget("739000"), targetOn: "", passed: true };
  assert.deepEqual(judge(row, 739000, null), { light: "GREEN", reason: "kịp mốc" });
  assert.deepEqual(judge(row, 739004, null), { light: "AMBER", reason: "chậm 4 ngày so với mốc" });
});
