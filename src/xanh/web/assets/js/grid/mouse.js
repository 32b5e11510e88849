// The mouse in the grid: choosing a cell, dragging a range, ticking the estimate.
import { shownRows } from "./model.js";

const OWN_CLICKS = "a, button, input, summary";

export function startMouse(desk) {
  const { frame } = desk;
  const { area } = desk.editor;
  frame.addEventListener("mousedown", (event) => choose(desk, event));
  frame.addEventListener("mouseover", (event) => drag(desk, event));
  // The tick is set on mousedown by the grid itself; the browser's own click must not set it back.
  frame.addEventListener("click", (event) => {
    if (placeOf(desk, event.target)?.field === "est") event.preventDefault();
  });
  area.addEventListener("click", () => desk.field === "est" && desk.toggle());
  area.addEventListener("dblclick", () => {
    if (!desk.editing && desk.field !== "est") desk.edit();
  });
}

/** The cell under the mouse as {row, field}, or null. */
function placeOf(desk, target) {
  const td = target.closest?.("td[data-field]");
  const rows = shownRows(desk.model);
  const row = rows.findIndex((each) => each.tr === td?.parentElement);
  return rows[row]?.cells[td.dataset.field] ? { row, field: td.dataset.field } : null;
}

function choose(desk, event) {
  const { area } = desk.editor;
  if (event.target === area || event.button !== 0) return;
  const place = placeOf(desk, event.target);
  if (!place) {
    // A click beside the cells (a name, a light) must not take the focus away from the grid.
    if (document.activeElement === area && !event.target.closest(OWN_CLICKS)) event.preventDefault();
    return;
  }
  event.preventDefault();
  desk.commit();
  desk.cursor.place(place.row, place.field, event.shiftKey);
  desk.editor.focus();
  desk.show(true);
  if (place.field === "est" && event.target.closest("label, input")) desk.toggle();
}

function drag(desk, event) {
  if (event.buttons !== 1 || desk.editing || document.activeElement !== desk.editor.area) return;
  const place = placeOf(desk, event.target);
  if (!place) return;
  desk.cursor.place(place.row, place.field, true);
  desk.show();
}
