// Draws a row: shown text, message at the cell, result, light, findings. Never touches the focus.
import { findings } from "./checks.js";
import { formatFigure } from "./fields.js";
import { awaitsConfirmation } from "./model.js";
import { isBroken } from "./payload.js";
import { judge, resultText } from "./verdict.js";

const WORDS = { GREEN: "Xanh", AMBER: "Vàng", RED: "Đỏ", GREY: "Xám" };
const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  GREEN: ["circle", { cx: 8, cy: 8, r: 7 }],
  AMBER: ["path", { d: "M8 1.5 15.2 14.5H.8Z" }],
  RED: ["rect", { x: 1.5, y: 1.5, width: 13, height: 13 }],
  GREY: ["path", { d: "M8 1.5 14.5 8 8 14.5 1.5 8Z" }],
};

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function icon(light) {
  const [name, attributes] = SHAPES[light];
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, name);
  shape.setAttribute("class", `shape-${light.toLowerCase()}`);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  svg.append(shape);
  return svg;
}

function lightOf({ light, reason }) {
  const whole = element("span", `light light-${light.toLowerCase()}`);
  const words = element("span", "");
  words.append(element("span", "light-word", WORDS[light]), element("span", "light-reason", `: ${reason}`));
  whole.append(icon(light), words);
  return whole;
}

/** The span over which the editor moves; made once, beside the control that a form without scripts would use. */
function shownPart(cell) {
  cell.shown ??= cell.td.querySelector(".grid-shown") ?? cell.td.insertBefore(element("span", "grid-shown"), cell.td.firstChild);
  return cell.shown;
}

function writeMessage(cell, message, control) {
  let line = cell.td.querySelector(".grid-message");
  if (!message) {
    line?.remove();
    control.removeAttribute("aria-invalid");
    return;
  }
  line ??= cell.td.appendChild(element("p", "grid-message"));
  line.textContent = message;
  control.setAttribute("aria-invalid", "true");
}

function drawFigure(row, field, plain) {
  const cell = row.cells[field];
  const last = row.prev[field];
  const grey = cell.text === "" && last !== null && last !== undefined && row.due;
  if (!plain) {
    const shown = shownPart(cell);
    shown.textContent = grey ? formatFigure(row, field, last) : cell.text;
    shown.classList.toggle("is-last", grey);
  } else if (grey && "placeholder" in cell.control) {
    cell.control.placeholder = formatFigure(row, field, last);
  }
  cell.td.classList.toggle("has-error", Boolean(cell.error));
  writeMessage(cell, cell.error, cell.control);
}

/** Keeps the control of the plain form equal to the cell, so that sending the form sends what is seen. */
function syncControl(row, field) {
  const { control, text, value } = row.cells[field];
  if (field === "est") control.checked = value;
  else if (control.tagName === "SELECT") control.value = value === null ? "" : String(value);
  else if (document.activeElement !== control) control.value = text;
}

function drawFindings(row) {
  const place = row.tr.querySelector("[data-findings]") ?? row.tr.querySelector("th");
  place.querySelector(".grid-findings")?.remove();
  if (!row.findings.length) return;
  const list = element("ul", "grid-findings");
  for (const { level, message, lifted } of row.findings) {
    const item = element("li", `finding finding-${level}${lifted ? " is-lifted" : ""}`);
    const word = level === "hard" ? "Cần sửa" : lifted ? "Đã có thuyết minh" : "Cần thuyết minh";
    item.append(element("span", "strong", `${word}: `), message);
    list.append(item);
  }
  place.append(list);
}

/** The light of a row; figures that must be put right first are not judged. */
function preview(row, n, d) {
  if (isBroken(row)) return { light: "GREY", reason: "chưa đánh giá vì có số chưa đọc được" };
  if (row.findings.some(({ level }) => level === "hard")) return { light: "GREY", reason: "chưa đánh giá vì có số cần sửa" };
  return judge(row, n, d);
}

function drawVerdict(row) {
  const n = row.cells.n.value;
  const d = row.cells.d?.value ?? null;
  const result = row.tr.querySelector("td[data-field=v]");
  if (result) result.textContent = resultText(row, n, d);
  const light = row.tr.querySelector("td[data-field=light]");
  if (light && row.touched) light.replaceChildren(lightOf(preview(row, n, d)));
}

/** Draws a row from its model. A light that the server judged stands until a figure of the row changes. */
export function drawRow(row, model, plain) {
  row.findings = findings(row, model.rows, model.others);
  for (const field of Object.keys(row.cells)) {
    syncControl(row, field);
    if (field === "n" || field === "d") drawFigure(row, field, plain);
    else if (field === "note" && !plain) shownPart(row.cells.note).textContent = row.cells.note.text;
  }
  const hard = row.findings.some(({ level }) => level === "hard");
  const wanting = row.findings.some(({ level, lifted }) => level === "soft" && !lifted);
  row.tr.classList.toggle("has-error", hard);
  row.tr.classList.toggle("wants-note", wanting);
  row.tr.classList.toggle("is-awaiting", awaitsConfirmation(row));
  drawVerdict(row);
  drawFindings(row);
}

/** The count of rows that could be confirmed as unchanged, in the words of the button, and those that have been. */
export function drawUnchanged(model) {
  const confirmed = model.rows.filter((row) => row.confirmed).map((row) => row.code);
  for (const list of document.querySelectorAll("input[name=unchanged]")) list.value = confirmed.join(" ");
  const count = model.rows.filter(awaitsConfirmation).length;
  for (const button of document.querySelectorAll("[data-grid-unchanged]")) {
    button.disabled = count === 0;
    const place = button.querySelector("[data-grid-count]");
    if (place) place.textContent = String(count);
  }
}
