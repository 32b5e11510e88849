// What a cell may hold, by its field and the kind of its indicator: text in, whole number out, and back.
// Fields: n and d (figures), est (estimate, "1" or ""), note (text).
import { clean, formatDay, formatScaled, parseDay, parseScaled, Unreadable } from "./numbers.js";

const YES = ["1", "c", "có", "co", "x", "đúng", "y"];
const NO = ["0", "k", "ko", "kh", "không", "khong", "chưa", "n"];
const NOT_YET = ["0", "chưa", "chưa có", "chua", "chua co"];

/** Decimals of a figure: only scores and counts carry them; numerators and denominators are whole. */
export function scaleOf(row, field) {
  return field === "n" && (row.kind === "SCORE" || row.kind === "COUNT") ? row.scale : 0;
}

function parseYesNo(typed) {
  const text = clean(typed).toLowerCase();
  if (YES.includes(text)) return 1;
  if (NO.includes(text)) return 0;
  throw new Unreadable(`“${typed}” chưa rõ là có hay không. Đề nghị gõ C (có) hoặc K (không).`);
}

/** The whole number behind `text`; null for an empty cell. Throws Unreadable. */
export function parseFigure(row, field, text) {
  if (!clean(text)) return null;
  if (row.kind === "YES_NO") return parseYesNo(text);
  if (row.kind === "DATE") return NOT_YET.includes(clean(text).toLowerCase()) ? 0 : parseDay(text);
  return parseScaled(text, scaleOf(row, field));
}

/** What the cell shows for a whole number; "" for null. */
export function formatFigure(row, field, value) {
  if (value === null) return "";
  if (row.kind === "YES_NO") return value ? "Có" : "Không";
  if (row.kind === "DATE") return value > 0 ? formatDay(value) : "Chưa có";
  return formatScaled(value, scaleOf(row, field));
}

/** Reads a cell: {text, value, error}. Text that cannot be read is kept as typed, with the message. */
export function readCell(row, field, typed) {
  if (field === "est") return { text: typed ? "1" : "", value: Boolean(typed), error: "" };
  if (field === "note") return { text: typed.trim(), value: typed.trim(), error: "" };
  try {
    const value = parseFigure(row, field, typed);
    return { text: formatFigure(row, field, value), value, error: "" };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { text: typed, value: null, error: error.message };
  }
}

/** A cell pasted over the estimate column: anything that says yes ticks it. */
export function readTick(text) {
  return YES.includes(clean(text).toLowerCase()) || clean(text).toLowerCase() === "true" ? "1" : "";
}
