// <button data-copy="#id">: copies the text of an element and says so in the button itself.
// <button data-print>: prints the page.

const SAID_MS = 2500;

async function write(root, text) {
  // navigator.clipboard needs https or localhost; a commune's server often has neither.
  if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
  const field = root.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  root.body.append(field);
  field.select();
  const copied = root.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("copy refused");
  return undefined;
}

function textOf(element) {
  return "value" in element ? element.value : element.innerText;
}

async function copy(root, button) {
  const source = button.dataset.copy ? root.querySelector(button.dataset.copy) : null;
  const words = button.textContent;
  try {
    await write(root, source ? textOf(source) : location.href);
    button.textContent = "Đã sao chép";
  } catch {
    button.textContent = "Chưa sao chép được, đề nghị bôi đen rồi bấm Ctrl+C";
  }
  button.focus();
  setTimeout(() => {
    button.textContent = words;
  }, SAID_MS);
}

export function startCopying(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-copy], button[data-print]");
    if (!button) return;
    if ("print" in button.dataset) window.print();
    else copy(root, button);
  });
}
