// Vietnamese numbers and dates, read and written as xanh.core.numbers and xanh.core.dates do on the server.
// Whole numbers are BigInt while they are worked with, so that nothing is rounded on the way.

// Excel and UniKey leave odd spaces and invisible marks in what is pasted or typed.
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/g;
const SPACES = /[\s\u00a0\u202f\u2009]+/g;

const PLAIN = /^\d+(?:,\d+)?$/;
const GROUPED = /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/;
const SPACE_GROUPED = /^\d{1,3}(?: \d{3})+(?:,\d+)?$/;
// What Excel writes under an English setting, where it cannot be mistaken for thousands.
const DECIMAL_POINT = /^(?:0|[1-9]\d*)\.(?:\d{1,2}|\d{4,})$/;
const AMBIGUOUS = /^\d+\.\d{3}$|^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

const DAYS_BEFORE_1970 = 719163;
const DAY_MS = 86400000;
const LONGEST = 30;

/** Text that is not what the cell needs; `message` is for the person who typed it. */
export class Unreadable extends Error {}

export function clean(text) {
  return text.replace(INVISIBLE, "").replace(SPACES, " ").trim();
}

function twoWays(text) {
  return new Unreadable(
    `Số “${text}” có thể hiểu theo hai cách. Đề nghị dùng dấu chấm để tách hàng nghìn và dấu phẩy cho phần lẻ, ví dụ 1.250 hoặc 86,29.`,
  );
}

/** The digits of a number as plain decimal text: "1.250,5" → "1250.5". Throws Unreadable. */
function plainDigits(text) {
  if (text.length > LONGEST) throw new Unreadable(`Số dài quá ${LONGEST} ký tự. Đề nghị kiểm tra lại số đã nhập.`);
  if (PLAIN.test(text)) return text.replace(",", ".");
  if (GROUPED.test(text) || SPACE_GROUPED.test(text)) return text.replace(/[. ]/g, "").replace(",", ".");
  if (DECIMAL_POINT.test(text)) return text;
  if (AMBIGUOUS.test(text)) throw twoWays(text);
  throw new Unreadable(`“${text}” không phải là số. Đề nghị nhập số theo cách viết 1.250 hoặc 86,29.`);
}

/**
 * The number in `typed`, scaled to a whole number: ("86,29", 2) → 8629, ("1.250", 0) → 1250.
 * Throws Unreadable where it is no number, is negative, or has more decimals than `scale`.
 */
export function parseScaled(typed, scale) {
  const text = clean(typed);
  if (/^[-−–]/.test(text)) throw new Unreadable(`Số “${text}” nhỏ hơn 0. Ô này chỉ nhận số từ 0 trở lên.`);
  const unsigned = text.replace(/^\+/, "");
  // A comma with three digits after it is how English writes thousands; a whole number has no decimals to mean.
  if (scale === 0 && /,\d{3}$/.test(unsigned)) throw twoWays(text);
  const [whole, part = ""] = plainDigits(unsigned).split(".");
  const decimals = part.replace(/0+$/, "");
  if (decimals.length > scale) {
    throw new Unreadable(
      scale === 0
        ? `Số “${text}” có phần lẻ, ô này cần số nguyên. Đề nghị nhập số nguyên, ví dụ 1.250.`
        : `Số “${text}” có nhiều hơn ${scale} chữ số phần lẻ. Đề nghị làm tròn đến ${scale} chữ số, ví dụ 86,29.`,
    );
  }
  const scaled = Number(whole + decimals.padEnd(scale, "0"));
  if (!Number.isSafeInteger(scaled)) throw new Unreadable(`Số “${text}” quá lớn. Đề nghị kiểm tra lại số đã nhập.`);
  return scaled;
}

/** (1250, 0) → "1.250"; (8629, 2) → "86,29"; decimals that are all 0 are left out. */
export function formatScaled(value, scale) {
  const digits = String(Math.abs(value)).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale).replace(/\B(?=(\d{3})+$)/g, ".");
  const part = scale ? digits.slice(-scale).replace(/0+$/, "") : "";
  return (value < 0 ? "-" : "") + whole + (part ? `,${part}` : "");
}

/** A fraction of BigInt to `places` decimals, halves away from zero: (1n, 8n, 2) → "0,13". */
export function formatFraction(numerator, denominator, places) {
  const negative = numerator < 0n !== denominator < 0n && numerator !== 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const scaled = (2n * n * 10n ** BigInt(places) + d) / (2n * d);
  const digits = String(scaled).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ".");
  return (negative && scaled > 0n ? "-" : "") + whole + (places ? `,${digits.slice(-places)}` : "");
}

/** Per cents that are whole stay whole: (100n, 1n) → "100%", (249300n, 2889n) → "86,29%". */
export function formatPct(numerator, denominator, places) {
  return `${formatFraction(numerator, denominator, numerator % denominator === 0n ? 0 : places)}%`;
}

/** The running day number of "20/11/2026" (Python's date.toordinal). Throws Unreadable. */
export function parseDay(typed) {
  const text = clean(typed);
  const match = /^(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{4})$/.exec(text);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (!match && !iso) {
    throw new Unreadable(`“${text}” chưa đúng cách viết ngày. Đề nghị nhập theo ngày/tháng/năm, ví dụ 05/09/2026.`);
  }
  const [year, month, day] = (match ? [match[4], match[3], match[1]] : iso.slice(1)).map(Number);
  const at = new Date(Date.UTC(year, month - 1, day));
  if (year < 1900 || year > 2199 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) {
    throw new Unreadable(`Không có ngày “${text}” trong lịch. Đề nghị kiểm tra lại ngày đã nhập.`);
  }
  return at.getTime() / DAY_MS + DAYS_BEFORE_1970;
}

/** 739940 → "20/11/2026" */
export function formatDay(ordinal) {
  const at = new Date((ordinal - DAYS_BEFORE_1970) * DAY_MS);
  const two = (number) => String(number).padStart(2, "0");
  return `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
}
