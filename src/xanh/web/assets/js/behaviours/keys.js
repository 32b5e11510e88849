// Keys of every page. No bare letters: UniKey turns them into Backspace and a vowel.

const INPUTS = "input, textarea, select, [contenteditable]";
const INPUTS_WITHOUT_TEXT = "input[type=checkbox], input[type=radio], input[type=button], input[type=submit]";

/** Whether typing into `element` writes text, so that "?" belongs to the text. */
export function writesText(element) {
  return Boolean(element?.matches?.(INPUTS)) && !element.matches(INPUTS_WITHOUT_TEXT);
}

function goToPlace(root, number) {
  const link = root.querySelector(`a[data-place="${number}"]`);
  link?.click();
  return Boolean(link);
}

function openKeys(root) {
  const keys = root.getElementById("keys");
  if (!keys) return false;
  keys.open = true;
  keys.scrollIntoView({ block: "nearest" });
  keys.querySelector("summary").focus();
  return true;
}

/** A button says its key itself: <button data-key="F8">. Ctrl+Enter is written "Ctrl+Enter". */
function pressKeyed(root, event) {
  const name = (event.ctrlKey ? "Ctrl+" : "") + event.key;
  if (!/^(F[0-9]+|Delete|Ctrl\+(Enter|ArrowDown|ArrowUp))$/.test(name)) return false;
  if (name === "Delete" && writesText(event.target)) return false;
  const scope = event.target.closest?.("[data-keys]") ?? root.querySelector("[data-keys]") ?? root;
  const keyed = scope.querySelector(`[data-key="${name}"]:not([disabled])`);
  keyed?.click();
  return Boolean(keyed);
}

function actOn(root, event) {
  if (event.altKey && !event.ctrlKey && !event.shiftKey && /^[1-9]$/.test(event.key)) return goToPlace(root, event.key);
  if (event.key === "?" && !event.ctrlKey && !event.altKey && !writesText(event.target)) return openKeys(root);
  return !event.altKey && !event.shiftKey && pressKeyed(root, event);
}

export function startKeys(root) {
  root.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (actOn(root, event)) event.preventDefault();
  });
}
