// On a phone the cells keep the form's own inputs: the system's number pad and its own undo serve better there.
import { fieldsOf, typedIn } from "./model.js";

/** Whether to leave the inputs in place: fingers, or a screen as narrow as a phone's. */
export function isTouch() {
  return matchMedia("(pointer: coarse), (max-width: 767.98px)").matches;
}

/** `write(row, field, text)` writes one cell and draws what follows from it. */
export function startPlain(model, write) {
  for (const row of model.rows) {
    for (const field of fieldsOf(row)) {
      const { control } = row.cells[field];
      control.setAttribute("enterkeyhint", "next");
      control.addEventListener("input", () => write(row, field, typedIn(field, control)));
      // On leaving, 1250 becomes 1.250; what could not be read stays as it was typed.
      control.addEventListener("blur", () => {
        if (control.type === "text") control.value = row.cells[field].text;
      });
      control.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing || control.tagName === "TEXTAREA") return;
        event.preventDefault();
        nextControl(model, row, field)?.focus();
      });
    }
  }
}

function nextControl(model, row, field) {
  const order = model.rows
    .filter((each) => !each.tr.closest("[hidden]"))
    .flatMap((each) => ["n", "d"].filter((one) => each.cells[one]).map((one) => ({ each, one })));
  const at = order.findIndex(({ each, one }) => each === row && one === field);
  const next = order[at + 1];
  return next?.each.cells[next.one].control;
}
