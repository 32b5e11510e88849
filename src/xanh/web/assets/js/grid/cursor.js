// Where the active cell is and which range is selected. Works on a table of which fields each row lets be edited:
// lines = [["n", "d", "est", "note"], ["n", "est", "note"], …]; columns keep the order of `COLUMNS`.

export const COLUMNS = ["n", "d", "est", "note"];

export class Cursor {
  row = 0;
  field = "n";
  #anchor = null;
  #lines;

  /** `lines` is asked anew each time, as rows may be folded away. */
  constructor(lines) {
    this.#lines = lines;
  }

  /** Moves to a cell; with `extend` the selection grows from where it began. */
  place(row, field, extend) {
    this.#anchor = extend ? (this.#anchor ?? { row: this.row, field: this.field }) : null;
    this.row = Math.max(0, Math.min(this.#lines().length - 1, row));
    this.field = this.#nearest(this.row, field);
  }

  /** Up or down; false at the edge. */
  vertical(step, extend = false) {
    const before = this.row;
    this.place(this.row + step, this.field, extend);
    return this.row !== before;
  }

  /** One cell left or right in the same row; false at the edge. */
  horizontal(step, extend = false) {
    const line = this.#lines()[this.row];
    const next = line[line.indexOf(this.field) + step];
    if (next) this.place(this.row, next, extend);
    return Boolean(next);
  }

  /** The next (or last) cell in reading order, across rows; false at the end of the table. */
  onward(step) {
    if (this.horizontal(step)) return true;
    const line = this.#lines()[this.row + step];
    if (line) this.place(this.row + step, step > 0 ? line[0] : line[line.length - 1], false);
    return Boolean(line);
  }

  /** The first or last cell of the row. */
  edge(step, extend = false) {
    const line = this.#lines()[this.row];
    this.place(this.row, step < 0 ? line[0] : line[line.length - 1], extend);
  }

  /** The selected rectangle: {rows: [first, last], columns: [...]}; one cell when nothing is extended. */
  range() {
    const from = this.#anchor ?? this;
    const [left, right] = [COLUMNS.indexOf(from.field), COLUMNS.indexOf(this.field)].sort((a, b) => a - b);
    const rows = [from.row, this.row].sort((a, b) => a - b);
    return { rows, columns: COLUMNS.slice(left, right + 1) };
  }

  /** The nearest field that the row has: a column that a row lacks (a count has no denominator) is passed over. */
  #nearest(row, wanted) {
    const line = this.#lines()[row] ?? [];
    if (line.includes(wanted)) return wanted;
    const left = COLUMNS.slice(0, COLUMNS.indexOf(wanted)).reverse();
    return [...left, ...COLUMNS].find((field) => line.includes(field)) ?? wanted;
  }
}
