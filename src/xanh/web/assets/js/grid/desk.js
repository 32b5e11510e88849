// The grid on a desk: keyboard, mouse, clipboard, undo, around the one textarea of editor.js.
import { wordsOf } from "./announce.js";
import { createCursor, COLUMNS } from "./cursor.js";
import { createEditor } from "./editor.js";
import { createHistory } from "./history.js";
import { press } from "./keyboard.js";
import { fieldsOf, shownRows } from "./model.js";
import { copiedRows, pasteChanges, span } from "./transfer.js";
import { parseTsv, toTsv } from "./tsv.js";

export function createDesk(model, frame, announce, writeAll) {
  const cursor = createCursor(() => shownRows(model).map(fieldsOf));
  const editor = createEditor(frame);
  const history = createHistory();
  prepareMarkup(model, frame);

  const rowAt = (at) => shownRows(model)[at];
  const active = () => rowAt(cursor.row)?.cells[cursor.field];

  function apply(changes) {
    history.push(writeAll(changes));
    show();
  }

  function again(changes) {
    if (!changes) {
      announce("Không còn thao tác để hoàn tác hoặc làm lại.");
      return;
    }
    const rows = shownRows(model);
    writeAll(changes);
    const at = rows.indexOf(changes[0].row);
    if (at >= 0) cursor.place(at, changes[0].field, false);
    show(true);
  }

  function commit() {
    if (!editor.editing) return;
    const { text, typedOver } = editor;
    editor.end();
    // Typed over and taken back again: nothing was meant. Only Delete, or F2 and emptying the text, clears a cell.
    if (cursor.field === "est" || (typedOver && text.trim() === "")) show();
    else apply([{ row: rowAt(cursor.row), field: cursor.field, text }]);
  }

  /** Marks the active cell and the range, and lays the textarea over the active cell. */
  function show(speak = false) {
    const row = rowAt(cursor.row);
    if (!row) return;
    const { rows, columns } = cursor.range();
    frame.querySelectorAll("td[aria-selected=true]").forEach((td) => td.setAttribute("aria-selected", "false"));
    for (const at of span(rows[0], rows[1])) {
      for (const field of columns) rowAt(at)?.cells[field]?.td.setAttribute("aria-selected", "true");
    }
    const cell = active();
    const numeric = cursor.field === "n" || cursor.field === "d";
    const words = wordsOf(row, cursor.field);
    editor.moveOver(cell.td, { numeric, label: words });
    editor.area.classList.toggle("has-error", Boolean(cell.error));
    if (speak) {
      // Scrolls the least that is needed; the focus itself never scrolls the page.
      cell.td.scrollIntoView({ block: "nearest", inline: "nearest" });
      announce(words);
    }
  }

  function moved(ok) {
    show(true);
    return ok;
  }

  const acts = {
    get editing() {
      return editor.editing;
    },
    get typedOver() {
      return editor.typedOver;
    },
    get field() {
      return cursor.field;
    },
    commit,
    cancel() {
      editor.end();
      show(true);
    },
    vertical: (step, extend) => moved(cursor.vertical(step, extend)),
    horizontal: (step, extend) => moved(cursor.horizontal(step, extend)),
    onward: (step) => moved(cursor.onward(step)),
    edge: (step, extend) => moved(cursor.edge(step, extend)),
    corner(step) {
      cursor.place(step < 0 ? 0 : shownRows(model).length - 1, cursor.field, false);
      show(true);
    },
    edit() {
      if (cursor.field === "est") acts.toggle();
      else editor.begin(active().text);
    },
    toggle() {
      apply([{ row: rowAt(cursor.row), field: "est", text: active().value ? "" : "1" }]);
      announce(wordsOf(rowAt(cursor.row), "est"));
      return true;
    },
    clear() {
      const { rows, columns } = cursor.range();
      const cells = span(rows[0], rows[1]).flatMap((at) => columns.map((field) => ({ row: rowAt(at), field, text: "" })));
      apply(cells.filter(({ row, field }) => row?.cells[field]));
      announce("Đã xóa số trong ô. Ctrl+Z để lấy lại.");
    },
    newline() {
      editor.area.setRangeText("\n", editor.area.selectionStart, editor.area.selectionEnd, "end");
      return true;
    },
    undo: () => again(history.undo()),
    redo: () => again(history.redo()),
    confirmUnchanged() {
      commit();
      document.querySelector("[data-grid-unchanged]:not([disabled])")?.click();
    },
  };

  editor.area.addEventListener("keydown", (event) => {
    if (!press(acts, event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  // Typing into the estimate column would leave stray text: it knows only the space bar.
  editor.area.addEventListener("input", () => cursor.field === "est" && editor.end());
  // Leaving the grid (a click elsewhere, another window) must not lose what is being typed.
  editor.area.addEventListener("blur", commit);

  startClipboard(editor, cursor, { apply, announce, rowAt, model });
  startMouse(frame, model, { acts, cursor, editor, show });
  // Messages make rows grow, and the face arrives late: the textarea must stay over its cell.
  const observer = new ResizeObserver(() => show());
  [model.table, ...model.table.querySelectorAll("thead th")].forEach((part) => observer.observe(part));
  frame.addEventListener("focusin", (event) => event.target === editor.area && frame.classList.add("is-active"));
  frame.addEventListener("focusout", (event) => event.target === editor.area && frame.classList.remove("is-active"));
  if (model.table.hasAttribute("data-autofocus")) editor.focus();
  return { apply };
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

function startClipboard(editor, cursor, { apply, announce, rowAt, model }) {
  const textAt = (at, field) => rowAt(at)?.cells[field]?.text ?? "";

  editor.area.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const isRange = /[\t\r\n]/.test(text.replace(/[\r\n]+$/, ""));
    // While a text is edited, a pasted word goes into it; a range never does, except into a note.
    if (editor.editing && (!isRange || cursor.field === "note")) return;
    event.preventDefault();
    if (!text) return;
    editor.end();
    const lines = shownRows(model).map(fieldsOf);
    const { changes, left } = pasteChanges(parseTsv(text), cursor.range(), lines);
    const placed = changes.map(({ row, field, text: typed }) => ({ row: rowAt(row), field, text: typed }));
    apply(placed);
    const unread = placed.filter(({ row, field }) => row.cells[field].error).length;
    announce(pasteWords(placed.length, unread, left));
  });

  for (const kind of ["copy", "cut"]) {
    editor.area.addEventListener(kind, (event) => {
      if (editor.editing) return;
      event.preventDefault();
      const range = cursor.range();
      event.clipboardData.setData("text/plain", toTsv(copiedRows(range, textAt)));
      if (kind === "cut") {
        const cells = span(range.rows[0], range.rows[1]).flatMap((at) => range.columns.map((field) => ({ row: rowAt(at), field, text: "" })));
        apply(cells.filter(({ row, field }) => row?.cells[field]));
      }
      announce(kind === "cut" ? "Đã cắt vùng chọn." : "Đã sao chép vùng chọn.");
    });
  }
}

function pasteWords(placed, unread, left) {
  const parts = [`Đã dán ${placed} ô`];
  if (unread) parts.push(`${unread} ô chưa đọc được số, đề nghị xem ghi chú tại ô`);
  if (left) parts.push(`${left} ô nằm ngoài bảng nên không dán`);
  return `${parts.join("; ")}.`;
}

function startMouse(frame, model, { acts, cursor, editor, show }) {
  const placeOf = (target) => {
    const td = target.closest?.("td[data-field]");
    const row = shownRows(model).findIndex((each) => each.tr === td?.parentElement);
    return row >= 0 && COLUMNS.includes(td.dataset.field) && shownRows(model)[row].cells[td.dataset.field]
      ? { row, field: td.dataset.field }
      : null;
  };

  frame.addEventListener("mousedown", (event) => {
    if (event.target === editor.area || event.button !== 0) return;
    const place = placeOf(event.target);
    if (!place) {
      // A click beside the cells (a name, a light) must not take the focus away from the grid.
      if (document.activeElement === editor.area && !event.target.closest("a, button, input, summary")) event.preventDefault();
      return;
    }
    event.preventDefault();
    acts.commit();
    cursor.place(place.row, place.field, event.shiftKey);
    editor.focus();
    show(true);
    if (place.field === "est" && event.target.closest("label, input")) acts.toggle();
  });
  // The tick is set on mousedown by the grid itself; the browser's own click must not set it back.
  frame.addEventListener("click", (event) => {
    if (placeOf(event.target)?.field === "est") event.preventDefault();
  });
  frame.addEventListener("mouseover", (event) => {
    if (event.buttons !== 1 || editor.editing || document.activeElement !== editor.area) return;
    const place = placeOf(event.target);
    if (!place) return;
    cursor.place(place.row, place.field, true);
    show();
  });
  editor.area.addEventListener("click", () => cursor.field === "est" && acts.toggle());
  editor.area.addEventListener("dblclick", () => {
    if (!editor.editing && cursor.field !== "est") acts.edit();
  });
}
