// Copy, cut and paste between the grid and Excel.
import { copiedRows, pasteChanges } from "./transfer.js";
import { parseTsv, toTsv } from "./tsv.js";

export function startClipboard(desk) {
  const { area } = desk.editor;
  area.addEventListener("paste", (event) => paste(desk, event));
  area.addEventListener("copy", (event) => copy(desk, event));
  area.addEventListener("cut", (event) => {
    if (!copy(desk, event)) return;
    desk.clear();
    desk.announce("Đã cắt vùng chọn.");
  });
}

function paste(desk, event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const isRange = /[\t\r\n]/.test(text.replace(/[\r\n]+$/, ""));
  // While a text is edited, a pasted word goes into it; a range never does, except into a note.
  if (desk.editing && (!isRange || desk.field === "note")) return;
  event.preventDefault();
  if (!text) return;
  desk.editor.end();
  const { changes, left } = pasteChanges(parseTsv(text), desk.cursor.range(), desk.lines());
  const placed = changes.map((change) => ({ ...change, row: desk.rowAt(change.row) }));
  desk.apply(placed);
  const unread = placed.filter(({ row, field }) => row.cells[field].error).length;
  desk.announce(pasteWords(placed.length, unread, left));
}

/** Puts the selection on the clipboard; false while a text is edited, which the browser copies itself. */
function copy(desk, event) {
  if (desk.editing) return false;
  event.preventDefault();
  const textAt = (at, field) => desk.rowAt(at)?.cells[field]?.text ?? "";
  event.clipboardData.setData("text/plain", toTsv(copiedRows(desk.cursor.range(), textAt)));
  desk.announce("Đã sao chép vùng chọn.");
  return true;
}

function pasteWords(placed, unread, left) {
  const parts = [`Đã dán ${placed} ô`];
  if (unread) parts.push(`${unread} ô chưa đọc được số, đề nghị xem ghi chú tại ô`);
  if (left) parts.push(`${left} ô nằm ngoài bảng nên không dán`);
  return `${parts.join("; ")}.`;
}
