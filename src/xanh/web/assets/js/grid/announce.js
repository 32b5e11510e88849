// What a screen reader is told. One polite line; an equal text is told again by way of an empty line between.

export function createAnnouncer(frame) {
  const line = document.createElement("p");
  line.className = "visually-hidden";
  line.setAttribute("role", "status");
  line.setAttribute("aria-live", "polite");
  frame.after(line);
  return (text) => {
    line.textContent = line.textContent === text ? `${text}\u00a0` : text;
  };
}

/** Where the active cell is, in words: "UB-01 Tỷ lệ …, Tử số: 2.493". */
export function wordsOf(row, field) {
  const cell = row.cells[field];
  const held = field === "est" ? (cell.value ? "có" : "không") : cell.text || "để trống";
  return `${row.code}, ${cell.label}: ${held}${cell.error ? `. ${cell.error}` : ""}`;
}
