// Where the active cell is and which range is selected. Works on a table of which fields each row lets be edited:
// lines = [["n", "d", "est", "note"], ["n", "est", "note"], …]; columns keep the order of `COLUMNS`.

export const COLUMNS = ["n", "d", "est", "note"];

export function createCursor(linesNow) {
  let row = 0;
  let field = "n";
  let anchor = null;

  const has = (at, column) => linesNow()[at]?.includes(column);

  /** The nearest field that the row has: a column that a row lacks (a count has no denominator) is passed over. */
  function nearest(at, wanted) {
    if (has(at, wanted)) return wanted;
    const left = COLUMNS.slice(0, COLUMNS.indexOf(wanted)).reverse();
    return [...left, ...COLUMNS].find((column) => has(at, column)) ?? wanted;
  }

  function place(toRow, toField, extend) {
    const last = linesNow().length - 1;
    const target = Math.max(0, Math.min(last, toRow));
    if (extend) anchor ??= { row, field };
    else anchor = null;
    row = target;
    field = nearest(target, toField);
  }

  return {
    get row() {
      return row;
    },
    get field() {
      return field;
    },
    place,
    /** One cell up or down; false at the edge. */
    vertical(step, extend = false) {
      const before = row;
      place(row + step, field, extend);
      return row !== before;
    },
    /** One cell left or right in the same row; false at the edge. */
    horizontal(step, extend = false) {
      const line = linesNow()[row];
      const next = line[line.indexOf(field) + step];
      if (next) place(row, next, extend);
      return Boolean(next);
    },
    /** The next (or last) cell in reading order, across rows; false at the end of the table. */
    onward(step) {
      if (this.horizontal(step)) return true;
      const line = linesNow()[row + step];
      if (!line) return false;
      place(row + step, step > 0 ? line[0] : line[line.length - 1]);
      return true;
    },
    edge(step, extend = false) {
      const line = linesNow()[row];
      place(row, step < 0 ? line[0] : line[line.length - 1], extend);
    },
    /** The selected rectangle: {rows: [first, last], columns: [...]}; one cell when nothing is extended. */
    range() {
      const from = anchor ?? { row, field };
      const [left, right] = [COLUMNS.indexOf(from.field), COLUMNS.indexOf(field)].sort((a, b) => a - b);
      const [top, bottom] = [from.row, row].sort((a, b) => a - b);
      return { rows: [top, bottom], columns: COLUMNS.slice(left, right + 1) };
    },
    get extended() {
      return anchor !== null;
    },
  };
}
