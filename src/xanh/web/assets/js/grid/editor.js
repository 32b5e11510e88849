// The one textarea that always has the focus. It lies over the active cell: empty and clear while moving about, filled
// and white while editing. Text goes into it by the browser's own input, never by key codes: UniKey (Telex, VNI) sends
// Backspace and a ready vowel, and Backspace must reach the text that it corrects, not the cell.

export function createEditor(frame) {
  const area = document.createElement("textarea");
  area.className = "grid-editor";
  area.rows = 1;
  area.spellcheck = false;
  area.autocomplete = "off";
  area.setAttribute("autocapitalize", "off");
  frame.append(area);

  let editing = false;
  // Editing begun by typing: arrows leave the cell, as in Excel. Begun by F2 or a double click: arrows move in the text.
  let typedOver = false;

  function begin(text, replacing) {
    editing = true;
    typedOver = replacing;
    area.classList.add("is-editing");
    if (!replacing) {
      area.value = text;
      area.setSelectionRange(text.length, text.length);
    }
  }

  function end() {
    editing = false;
    typedOver = false;
    area.value = "";
    area.classList.remove("is-editing");
  }

  // Typing begins here and not at keydown: the first key may be part of a composition or made by an input method.
  // While editing, an empty text stays an edit: UniKey has just taken a letter back and is about to send another.
  area.addEventListener("input", () => {
    if (!editing && area.value !== "") begin(area.value, true);
    grow();
  });
  area.addEventListener("compositionstart", () => {
    if (!editing) begin("", true);
  });

  function grow() {
    area.style.height = "";
    const wanted = Math.min(area.scrollHeight, 160);
    if (editing && wanted > area.clientHeight) area.style.height = `${wanted + 4}px`;
  }

  return {
    area,
    get editing() {
      return editing;
    },
    get typedOver() {
      return typedOver;
    },
    get text() {
      return area.value;
    },
    begin(text) {
      begin(text, false);
      grow();
    },
    end,
    focus() {
      if (document.activeElement !== area) area.focus({ preventScroll: true });
    },
    /** Lays the textarea over a cell. Set by properties: style attributes are refused by the security policy. */
    moveOver(td, { numeric, label }) {
      const box = td.getBoundingClientRect();
      const within = frame.getBoundingClientRect();
      const { style } = area;
      style.height = "";
      style.left = `${box.left - within.left + frame.scrollLeft - frame.clientLeft}px`;
      style.top = `${box.top - within.top + frame.scrollTop - frame.clientTop}px`;
      style.width = `${box.width}px`;
      style.minHeight = `${box.height}px`;
      area.classList.toggle("is-numeric", numeric);
      area.inputMode = numeric ? "numeric" : "text";
      area.setAttribute("aria-label", label);
    },
  };
}
