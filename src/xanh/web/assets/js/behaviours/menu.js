// The phone's menu closes on Escape and gives the focus back to its word.

export function startMenu(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = root.querySelector("details.menu[open]");
    if (!menu?.contains(event.target)) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
