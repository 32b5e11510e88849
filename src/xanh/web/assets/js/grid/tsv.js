// Cells as Excel puts them on the clipboard: tabs between cells, line ends between rows, quotes around text that
// holds a tab, a line end or a quote; a quote inside is doubled.

/** "1\t\"a\nb\"\r\n2\t3\r\n" → [["1", "a\nb"], ["2", "3"]]. A line end after the last row makes no row. */
export function parseTsv(text) {
  const rows = [];
  let row = [];
  let at = 0;
  while (at < text.length) {
    const [cell, end] = text[at] === '"' ? quoted(text, at) : bare(text, at);
    row.push(cell);
    at = end;
    if (text[at] === "\t") {
      at += 1;
      // A tab at the very end still opens one more, empty cell.
      if (at === text.length) row.push("");
    } else {
      at += text.startsWith("\r\n", at) ? 2 : 1;
      rows.push(row);
      row = [];
    }
    if (text[at] === undefined && row.length) rows.push(row);
  }
  return rows;
}

function bare(text, from) {
  const rest = /[\t\r\n]/g;
  rest.lastIndex = from;
  const found = rest.exec(text);
  const end = found ? found.index : text.length;
  return [text.slice(from, end), end];
}

function quoted(text, from) {
  const closing = /"(?:"|(?=[\t\r\n]|$))/g;
  closing.lastIndex = from + 1;
  for (let found = closing.exec(text); found; found = closing.exec(text)) {
    if (found[0] === '"') {
      return [text.slice(from + 1, found.index).replace(/""/g, '"').replace(/\r\n?/g, "\n"), found.index + 1];
    }
  }
  // The quote is not closed: it is part of the text, such as the title of a plan.
  return bare(text, from);
}

/** The reverse: what "copy" puts on the clipboard, ready for Excel. */
export function toTsv(rows) {
  return rows.map((row) => row.map(quote).join("\t")).join("\r\n");
}

function quote(cell) {
  return /["\t\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
}
