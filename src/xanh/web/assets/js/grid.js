// The entry grid: makes the server's plain table of inputs into a grid that is typed into like Excel.
// The contract with the page stands in docs/design-language.md.
import { createAnnouncer } from "./grid/announce.js";
import { createAutosave } from "./grid/autosave.js";
import { referencesOf } from "./grid/checks.js";
import { createDesk } from "./grid/desk.js";
import { formatFigure } from "./grid/fields.js";
import { awaitsConfirmation, fieldsOf, readModel, writeCell } from "./grid/model.js";
import { isTouch, startPlain } from "./grid/plain.js";
import { drawRow, drawUnchanged } from "./grid/view.js";

function start(table) {
  const model = readModel(table);
  if (!model.rows.length) return;
  const plain = isTouch();
  const frame = table.closest(".grid-frame") ?? table.parentElement;
  const announce = createAnnouncer(frame);
  const autosave = createAutosave(model, document.querySelector("[data-grid-state]"), drawServerErrors);
  for (const row of model.rows) row.references = referencesOf(row);

  function draw(codes) {
    for (const row of model.rows) {
      if (codes.has(row.code) || [...row.references].some((code) => codes.has(code))) drawRow(row, model, plain);
    }
    drawUnchanged(model);
  }

  /** Writes several cells as one act; returns what changed, for the history. */
  function writeAll(changes) {
    const made = changes.map(({ row, field, text }) => writeCell(row, field, text)).filter(Boolean);
    for (const { row, field } of made) row.touched ||= field === "n" || field === "d";
    if (made.length) {
      draw(new Set(made.map(({ row }) => row.code)));
      autosave.later();
    }
    return made;
  }

  function drawServerErrors(answer) {
    for (const row of model.rows) {
      for (const [field, message] of Object.entries(answer.errors?.[row.code] ?? {})) {
        if (row.cells[field]) row.cells[field].error = message;
      }
    }
    if (answer.errors) draw(new Set(Object.keys(answer.errors)));
  }

  let apply = writeAll;
  if (plain) startPlain(model, (row, field, text) => writeAll([{ row, field, text }]));
  else ({ apply } = createDesk(model, frame, announce, writeAll));

  restore(model, autosave, writeAll);
  model.rows.forEach((row) => drawRow(row, model, plain));
  drawUnchanged(model);
  startUnchanged(model, announce, autosave, apply);
}

function restore(model, autosave, writeAll) {
  const changes = autosave.kept().flatMap(([code, texts]) => {
    const row = model.rows.find((each) => each.code === code);
    return row ? fieldsOf(row).map((field) => ({ row, field, text: texts[field] ?? "" })) : [];
  });
  if (writeAll(changes).length) autosave.sayRestored();
}

/** "Xác nhận … số không thay đổi": the empty rows that are due take their last values, as one act that can be undone. */
function startUnchanged(model, announce, autosave, apply) {
  for (const button of document.querySelectorAll("[data-grid-unchanged]")) {
    button.addEventListener("click", () => {
      const rows = model.rows.filter(awaitsConfirmation);
      apply(
        rows.flatMap((row) =>
          ["n", "d"]
            .filter((field) => row.cells[field] && row.prev[field] !== null)
            .map((field) => ({ row, field, text: formatFigure(row, field, row.prev[field]) })),
        ),
      );
      for (const row of rows) row.confirmed = true;
      drawUnchanged(model);
      const codes = rows.map((row) => row.code);
      announce(`Đã xác nhận ${codes.length} số không thay đổi.`);
      model.table.dispatchEvent(new CustomEvent("grid:unchanged", { bubbles: true, detail: { codes } }));
      autosave.save();
    });
  }
}

document.querySelectorAll("table[data-grid]").forEach(start);
