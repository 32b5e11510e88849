// "Xác nhận … số không thay đổi": the empty rows that are due take their last values, as one act that can be undone.
import { formatFigure } from "./fields.js";
import { awaitsConfirmation } from "./model.js";
import { drawUnchanged } from "./view.js";

export function startUnchanged(model, { announce, apply, save }) {
  for (const button of document.querySelectorAll("[data-grid-unchanged]")) {
    button.addEventListener("click", () => {
      const rows = model.rows.filter(awaitsConfirmation);
      const codes = rows.map((row) => row.code);
      apply(rows.flatMap(lastValues));
      for (const row of rows) row.confirmed = true;
      drawUnchanged(model);
      announce(`Đã xác nhận ${codes.length} số không thay đổi.`);
      model.table.dispatchEvent(new CustomEvent("grid:unchanged", { bubbles: true, detail: { codes } }));
      save();
    });
  }
}

function lastValues(row) {
  return ["n", "d"]
    .filter((field) => row.cells[field] && row.prev[field] !== null)
    .map((field) => ({ row, field, text: formatFigure(row, field, row.prev[field]) }));
}
