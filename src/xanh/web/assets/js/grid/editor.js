// The one textarea that always has the focus. It lies over the active cell: empty and clear while moving about, filled
// and white while editing. Text goes into it by the browser's own input, never by key codes: UniKey (Telex, VNI) sends
// Backspace and a ready vowel, and Backspace must reach the text that it corrects, not the cell.

const TALLEST_PX = 160;

function makeArea() {
  const area = document.createElement("textarea");
  area.className = "grid-editor";
  area.rows = 1;
  area.spellcheck = false;
  area.autocomplete = "off";
  area.setAttribute("autocapitalize", "off");
  return area;
}

export class Editor {
  editing = false;
  // Editing begun by typing: arrows leave the cell, as in Excel. Begun by F2 or a double click: arrows move in the text.
  typedOver = false;

  constructor(frame) {
    this.frame = frame;
    this.area = makeArea();
    frame.append(this.area);
    // Typing begins here and not at keydown: the first key may be part of a composition or made by an input method.
    // While editing, an empty text stays an edit: UniKey has just taken a letter back and is about to send another.
    this.area.addEventListener("input", () => {
      if (!this.editing && this.area.value !== "") this.#turnOn(true);
      this.#grow();
    });
    this.area.addEventListener("compositionstart", () => {
      if (!this.editing) this.#turnOn(true);
    });
  }

  get text() {
    return this.area.value;
  }

  /** Opens the cell's own text for editing. */
  begin(text) {
    this.#turnOn(false);
    this.area.value = text;
    this.area.setSelectionRange(text.length, text.length);
    this.#grow();
  }

  end() {
    this.editing = false;
    this.typedOver = false;
    this.area.value = "";
    this.area.classList.remove("is-editing");
  }

  focus() {
    // The page scrolls only when the cursor moves, never because the focus does.
    if (document.activeElement !== this.area) this.area.focus({ preventScroll: true });
  }

  newline() {
    this.area.setRangeText("\n", this.area.selectionStart, this.area.selectionEnd, "end");
    this.#grow();
  }

  /** Lays the textarea over a cell. Set by properties: style attributes are refused by the security policy. */
  moveOver(td, { numeric, label, wrong }) {
    const { area, frame } = this;
    const box = td.getBoundingClientRect();
    const within = frame.getBoundingClientRect();
    area.style.height = "";
    area.style.left = `${box.left - within.left + frame.scrollLeft - frame.clientLeft}px`;
    area.style.top = `${box.top - within.top + frame.scrollTop - frame.clientTop}px`;
    area.style.width = `${box.width}px`;
    area.style.minHeight = `${box.height}px`;
    area.inputMode = numeric ? "numeric" : "text";
    area.classList.toggle("is-numeric", numeric);
    area.classList.toggle("has-error", wrong);
    area.setAttribute("aria-label", label);
  }

  #turnOn(typedOver) {
    this.editing = true;
    this.typedOver = typedOver;
    this.area.classList.add("is-editing");
  }

  #grow() {
    this.area.style.height = "";
    const wanted = Math.min(this.area.scrollHeight, TALLEST_PX);
    if (this.editing && wanted > this.area.clientHeight) this.area.style.height = `${wanted + 4}px`;
  }
}
