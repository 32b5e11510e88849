import assert from "node:assert/strict";
import test from "node:test";
import { formatDay, formatFraction, formatPct, formatScaled, parseDay, parseScaled, Unreadable } from "../grid/numbers.js";

test("a point groups thousands and a comma begins the decimals", () => {
  assert.equal(parseScaled("1.250", 0), 1250);
  assert.equal(parseScaled("12.345.678", 0), 12345678);
  assert.equal(parseScaled("86,29", 2), 8629);
  assert.equal(parseScaled("1.250,5", 2), 125050);
  assert.equal(parseScaled("0", 0), 0);
});

test("what Excel adds around a number does not matter", () => {
  assert.equal(parseScaled(" 2493\u00a0", 0), 2493);
  assert.equal(parseScaled("1\u202f250", 0), 1250);
  assert.equal(parseScaled("\u200b17", 0), 17);
});

test("a decimal point is read only where it cannot group thousands", () => {
  assert.equal(parseScaled("86.29", 2), 8629);
  assert.equal(parseScaled("86.2", 2), 8620);
  assert.throws(() => parseScaled("0.125", 2), Unreadable);
});

test("a number with two readings is refused, never guessed", () => {
  assert.throws(() => parseScaled("1,250", 0), /hai cách/);
  assert.throws(() => parseScaled("1,250.5", 2), /hai cách/);
});

test("a whole number takes no decimals and no figure is below nought", () => {
  assert.throws(() => parseScaled("12,5", 0), /số nguyên/);
  assert.equal(parseScaled("12,0", 0), 12);
  assert.throws(() => parseScaled("-3", 0), /nhỏ hơn 0/);
  assert.throws(() => parseScaled("86,295", 2), /2 chữ số/);
});

test("words are no number and the message says how to write one", () => {
  assert.throws(() => parseScaled("hai trăm", 0), /“hai trăm” không phải là số.*1\.250/);
});

test("figures are written the Vietnamese way", () => {
  assert.equal(formatScaled(1250, 0), "1.250");
  assert.equal(formatScaled(8629, 2), "86,29");
  assert.equal(formatScaled(8600, 2), "86");
  assert.equal(formatScaled(5, 2), "0,05");
  assert.equal(formatScaled(1234567, 0), "1.234.567");
});

test("per cents are rounded half up from the exact fraction", () => {
  assert.equal(formatPct(25700n, 803n, 2), "32,00%");
  assert.equal(formatPct(100n, 1n, 2), "100%");
  // 1/800 = 0,125 % exactly: the half goes up.
  assert.equal(formatPct(100n, 800n, 2), "0,13%");
  assert.equal(formatFraction(-1n, 2n, 0), "-1");
  assert.equal(formatFraction(-1n, 1000n, 1), "0,0");
});

test("a day is its running number and back", () => {
  // 1970-01-01 is day 719163 of the calendar; the year after has 365 days.
  assert.equal(parseDay("01/01/1970"), 719163);
  assert.equal(parseDay("1/1/1971"), 719528);
  assert.equal(formatDay(719528), "01/01/1971");
  assert.equal(parseDay("2026-11-20"), parseDay("20/11/2026"));
  assert.throws(() => parseDay("31/02/2026"), /lịch/);
  assert.throws(() => parseDay("20-11"), /ngày\/tháng\/năm/);
});
