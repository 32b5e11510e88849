// Review of a document: the item that the keys act on is marked in the text, brought into view and focused.
// The keys themselves (Ctrl+Enter, F2, Delete, F4, F9) are said by the buttons and pressed by keys.js.

function mark(root, id) {
  root.querySelectorAll("mark.current").forEach((old) => old.classList.remove("current"));
  const found = id ? root.querySelector(`mark[data-mark="${id}"]`) : null;
  if (!found) return;
  found.classList.add("current");
  // Only the text moves: the item being worked on stays where the eye is.
  const text = found.closest(".document-text");
  const offset = found.getBoundingClientRect().top - text.getBoundingClientRect().top;
  text.scrollTop += offset - text.clientHeight / 3;
}

function open(root, panel, { focus, moved }) {
  const id = panel.dataset.currentItem;
  mark(root, id);
  if (focus) panel.querySelector(`[data-item="${id}"] [data-first]`)?.focus({ preventScroll: !moved });
}

export function startReview(root) {
  const panel = () => root.querySelector("[data-review]");
  root.addEventListener("focusin", (event) => {
    const item = event.target.closest?.("[data-review] [data-item]");
    if (item) mark(root, item.dataset.item);
  });
  // After an item has been settled the panel is a new one: the next item waits under the fingers.
  root.addEventListener("htmx:afterSettle", () => panel() && open(root, panel(), { focus: true, moved: true }));
  if (panel()) open(root, panel(), { focus: !location.hash, moved: false });
}
