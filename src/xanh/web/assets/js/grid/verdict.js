// The result and the light of a row while it is typed: a preview. The server judges again and its verdict stands.
import { formatDay, formatFraction, formatPct, formatScaled } from "./numbers.js";

const GREY = (reason) => ({ light: "GREY", reason });

/** "80", "85.5", "85,5" or "2345/27" → [numerator, denominator] of BigInt; null where there is no target. */
export function parseTarget(text) {
  const match = /^(-?\d+)(?:[.,](\d+))?(?:\/(\d+))?$/.exec((text ?? "").trim());
  if (!match) return null;
  const [, whole, part = "", under] = match;
  return [BigInt(whole + part), under ? BigInt(under) : 10n ** BigInt(part.length)];
}

/** The value of a row as [numerator, denominator] in its own measure; null where a part is missing or d is 0. */
export function valueOf(row, n, d) {
  if (n === null) return null;
  if (row.kind === "RATIO") return d === null || d <= 0 ? null : [100n * BigInt(n), BigInt(d)];
  if (row.kind === "SCORE" || row.kind === "COUNT") return [BigInt(n), 10n ** BigInt(row.scale)];
  return [BigInt(n), 1n];
}

/** What the column "Kết quả" shows. */
export function resultText(row, n, d) {
  const value = valueOf(row, n, d);
  if (row.kind === "RATIO") return value ? formatPct(value[0], value[1], 2) : "";
  if (n === null) return "";
  if (row.kind === "YES_NO") return n ? "Có" : "Không";
  if (row.kind === "DATE") return n > 0 ? formatDay(n) : "Chưa có";
  return formatScaled(n, row.scale);
}

function gapText(row, [n, d]) {
  const positive = n < 0n ? -n : n;
  const inPoints = row.kind === "RATIO" || row.kind === "SCORE";
  if (!inPoints) return formatFraction(positive, d, positive % d === 0n ? 0 : 2);
  const oneDecimal = formatFraction(positive, d, 1);
  if (oneDecimal !== "0,0") return `${oneDecimal} điểm`;
  const twoDecimals = formatFraction(positive, d, 2);
  return twoDecimals === "0,00" ? "chưa đến 0,01 điểm" : `${twoDecimals} điểm`;
}

function judgeHigher(row, value, target) {
  const gap = [value[0] * target[1] - target[0] * value[1], value[1] * target[1]];
  if (gap[0] === 0n) return { light: "GREEN", reason: `bằng mục tiêu${row.targetOn}` };
  if (gap[0] > 0n) return { light: "GREEN", reason: `cao hơn mục tiêu${row.targetOn} là ${gapText(row, gap)}` };
  // Amber from nine tenths of what is expected.
  const near = 10n * value[0] * target[1] >= 9n * target[0] * value[1];
  return { light: near ? "AMBER" : "RED", reason: `thấp hơn mục tiêu${row.targetOn} là ${gapText(row, gap)}` };
}

function judgeLower(row, value, target) {
  const gap = [value[0] * target[1] - target[0] * value[1], value[1] * target[1]];
  if (gap[0] <= 0n) return { light: "GREEN", reason: `không vượt mức cho phép${row.targetOn}` };
  const near = 9n * value[0] * target[1] <= 10n * target[0] * value[1];
  return { light: near ? "AMBER" : "RED", reason: `vượt mức cho phép${row.targetOn} là ${gapText(row, gap)}` };
}

function judgeDone(row, done) {
  if (done) return { light: "GREEN", reason: "đã thực hiện" };
  return row.passed
    ? { light: "RED", reason: `chưa thực hiện, đã quá hạn${row.targetOn}` }
    : { light: "AMBER", reason: `chưa thực hiện, còn trong hạn${row.targetOn}` };
}

function judgeDay(day, target) {
  const days = day - target;
  return days <= 0n
    ? { light: "GREEN", reason: "kịp mốc" }
    : { light: "AMBER", reason: `chậm ${formatScaled(Number(days), 0)} ngày so với mốc` };
}

/**
 * {light, reason} of a row. `row`: {kind, scale, direction: "HIGHER" | "LOWER", target, targetOn, passed}, where target
 * is from parseTarget, targetOn is " đến 30/11" or "", and passed says that the milestone lies behind today.
 */
export function judge(row, n, d) {
  if (n === null || (row.kind === "RATIO" && d === null)) return GREY("chưa có số liệu");
  const value = valueOf(row, n, d);
  if (!value) return GREY("chưa tính được vì mẫu số bằng 0");
  if (row.kind === "YES_NO" || (row.kind === "DATE" && n <= 0)) return judgeDone(row, n > 0);
  if (!row.target) return GREY("chưa có mục tiêu để so sánh");
  if (row.kind === "DATE") return judgeDay(value[0], row.target[0]);
  return row.direction === "LOWER" ? judgeLower(row, value, row.target) : judgeHigher(row, value, row.target);
}
