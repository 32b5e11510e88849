// The grid on a desk: what keyboard, mouse and clipboard do to the cells, around the one textarea of editor.js.
import { wordsOf } from "./announce.js";
import { startClipboard } from "./clipboard.js";
import { Cursor } from "./cursor.js";
import { Editor } from "./editor.js";
import { createHistory } from "./history.js";
import { press } from "./keyboard.js";
import { fieldsOf, shownRows } from "./model.js";
import { startMouse } from "./mouse.js";
import { span } from "./transfer.js";

export class Desk {
  #history = createHistory();
  #writeAll;

  /** `announce(text)` speaks to screen readers; `writeAll(changes)` writes cells and returns what changed. */
  constructor(model, frame, announce, writeAll) {
    this.model = model;
    this.frame = frame;
    this.announce = announce;
    this.#writeAll = writeAll;
    this.cursor = new Cursor(() => this.lines());
    prepareMarkup(model, frame);
    this.editor = new Editor(frame);
    this.#listen();
    startClipboard(this);
    startMouse(this);
    if (model.table.hasAttribute("data-autofocus")) this.editor.focus();
  }

  /** The fields of each row that is shown, for cursor and paste. */
  lines() {
    return shownRows(this.model).map(fieldsOf);
  }

  rowAt(at) {
    return shownRows(this.model)[at];
  }

  get row() {
    return this.rowAt(this.cursor.row);
  }

  get field() {
    return this.cursor.field;
  }

  get cell() {
    return this.row?.cells[this.field];
  }

  get editing() {
    return this.editor.editing;
  }

  get typedOver() {
    return this.editor.typedOver;
  }

  /** Writes cells as one act that can be undone. */
  apply(changes) {
    this.#history.push(this.#writeAll(changes));
    this.show();
  }

  /** Takes what is being typed into its cell. */
  commit() {
    if (!this.editing) return;
    const { text, typedOver } = this.editor;
    this.editor.end();
    // Typed over and taken back again: nothing was meant. Only Delete, or F2 and emptying the text, clears a cell.
    if (this.field === "est" || (typedOver && text.trim() === "")) this.show();
    else this.apply([{ row: this.row, field: this.field, text }]);
  }

  cancel() {
    this.editor.end();
    this.show(true);
  }

  vertical(step, extend) {
    return this.#moved(this.cursor.vertical(step, extend));
  }

  horizontal(step, extend) {
    return this.#moved(this.cursor.horizontal(step, extend));
  }

  onward(step) {
    return this.#moved(this.cursor.onward(step));
  }

  edge(step, extend) {
    this.cursor.edge(step, extend);
    this.show(true);
  }

  /** The first or last row. */
  corner(step) {
    this.cursor.place(step < 0 ? 0 : this.lines().length - 1, this.field, false);
    this.show(true);
  }

  edit() {
    if (this.field === "est") this.toggle();
    else this.editor.begin(this.cell.text);
  }

  newline() {
    this.editor.newline();
    return true;
  }

  toggle() {
    this.apply([{ row: this.row, field: "est", text: this.cell.value ? "" : "1" }]);
    this.announce(wordsOf(this.row, "est"));
    return true;
  }

  clear() {
    this.apply(this.selected().map(({ row, field }) => ({ row, field, text: "" })));
    this.announce("Đã xóa số trong ô. Ctrl+Z để lấy lại.");
  }

  undo() {
    this.#again(this.#history.undo());
  }

  redo() {
    this.#again(this.#history.redo());
  }

  confirmUnchanged() {
    this.commit();
    document.querySelector("[data-grid-unchanged]:not([disabled])")?.click();
  }

  /** The cells of the selection that their rows have: [{row, field}]. */
  selected() {
    const { rows, columns } = this.cursor.range();
    const all = span(rows[0], rows[1]).flatMap((at) => columns.map((field) => ({ row: this.rowAt(at), field })));
    return all.filter(({ row, field }) => row?.cells[field]);
  }

  /** Marks the selection and lays the textarea over the active cell; with `speak` it also scrolls there and says it. */
  show(speak = false) {
    const { row, cell, field } = this;
    if (!cell) return;
    this.frame.querySelectorAll("td[aria-selected=true]").forEach((td) => td.setAttribute("aria-selected", "false"));
    for (const each of this.selected()) each.row.cells[each.field].td.setAttribute("aria-selected", "true");
    const label = wordsOf(row, field);
    this.editor.moveOver(cell.td, { numeric: field === "n" || field === "d", label, wrong: Boolean(cell.error) });
    if (!speak) return;
    cell.td.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.announce(label);
  }

  #moved(ok) {
    this.show(true);
    return ok;
  }

  #again(changes) {
    if (!changes) {
      this.announce("Không còn thao tác để hoàn tác hoặc làm lại.");
      return;
    }
    this.#writeAll(changes);
    const at = shownRows(this.model).indexOf(changes[0].row);
    if (at >= 0) this.cursor.place(at, changes[0].field, false);
    this.show(true);
  }

  #listen() {
    const { area } = this.editor;
    area.addEventListener("keydown", (event) => {
      if (!press(this, event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    // Typing into the estimate column would leave stray text: it knows only the space bar.
    area.addEventListener("input", () => this.field === "est" && this.editor.end());
    area.addEventListener("focus", () => this.frame.classList.add("is-active"));
    // Leaving the grid (a click elsewhere, another window) must not lose what is being typed.
    area.addEventListener("blur", () => {
      this.frame.classList.remove("is-active");
      this.commit();
    });
    // Messages make rows grow, and the face arrives late: the textarea must stay over its cell.
    const observer = new ResizeObserver(() => this.show());
    [this.model.table, ...this.model.table.querySelectorAll("thead th")].forEach((part) => observer.observe(part));
  }
}

function prepareMarkup(model, frame) {
  frame.classList.add("is-desk");
  model.table.setAttribute("role", "grid");
  for (const row of model.rows) {
    for (const [field, cell] of Object.entries(row.cells)) {
      cell.td.setAttribute("aria-selected", "false");
      if (field === "est") cell.control.tabIndex = -1;
      else cell.control.hidden = true;
    }
  }
}
