// The entry grid: makes the server's plain table of inputs into a grid that is typed into like Excel.
// The contract with the page stands in docs/design-language.md.
import { createAnnouncer } from "./grid/announce.js";
import { Autosave } from "./grid/autosave.js";
import { referencesOf } from "./grid/checks.js";
import { Desk } from "./grid/desk.js";
import { fieldsOf, readModel, writeCell } from "./grid/model.js";
import { isTouch, startPlain } from "./grid/plain.js";
import { startUnchanged } from "./grid/unchanged.js";
import { drawRow, drawUnchanged } from "./grid/view.js";

const RESTORED = "Đã lấy lại số nhập lần trước chưa kịp lưu.";

class Grid {
  constructor(table) {
    this.model = readModel(table);
    this.plain = isTouch();
    const frame = table.closest(".grid-frame") ?? table.parentElement;
    const announce = createAnnouncer(frame);
    const stateLine = document.querySelector("[data-grid-state]");
    this.autosave = new Autosave(this.model, stateLine, (answer) => this.drawServerErrors(answer.errors ?? {}));
    for (const row of this.model.rows) row.references = referencesOf(row);
    this.desk = this.plain ? null : new Desk(this.model, frame, announce, (changes) => this.writeAll(changes));
    if (this.plain) startPlain(this.model, (row, field, text) => this.writeAll([{ row, field, text }]));
    this.restore();
    this.draw(() => true);
    const apply = (changes) => (this.desk ? this.desk.apply(changes) : this.writeAll(changes));
    startUnchanged(this.model, { announce, apply, save: () => this.autosave.save() });
  }

  /** Writes several cells as one act; returns what changed, for the history. */
  writeAll(changes) {
    const made = changes.map(({ row, field, text }) => writeCell(row, field, text)).filter(Boolean);
    for (const { row, field } of made) row.touched ||= field === "n" || field === "d";
    if (made.length) {
      this.drawCodes(made.map(({ row }) => row.code));
      this.autosave.later();
    }
    return made;
  }

  draw(wanted) {
    for (const row of this.model.rows.filter(wanted)) drawRow(row, this.model, this.plain);
    drawUnchanged(this.model);
  }

  /** Draws the named rows and those whose checks look at one of them. */
  drawCodes(codes) {
    this.draw((row) => codes.includes(row.code) || codes.some((code) => row.references.has(code)));
  }

  drawServerErrors(errors) {
    for (const row of this.model.rows) {
      for (const [field, message] of Object.entries(errors[row.code] ?? {})) {
        if (row.cells[field]) row.cells[field].error = message;
      }
    }
    this.drawCodes(Object.keys(errors));
  }

  /** What was typed before a reload and not saved comes back, and is saved. */
  restore() {
    const changes = this.autosave.kept().flatMap(([code, texts]) => {
      const row = this.model.rows.find((each) => each.code === code);
      return row ? fieldsOf(row).map((field) => ({ row, field, text: texts[field] ?? "" })) : [];
    });
    if (this.writeAll(changes).length) this.autosave.say(RESTORED, "saving");
  }
}

for (const table of document.querySelectorAll("table[data-grid]")) {
  if (table.querySelector("tr[data-code]")) new Grid(table);
}
