// What the keys do in the grid. `grid` offers the acts; a key that is not ours is left to the browser.

const MOVING = {
  ArrowUp: (grid, extend) => grid.vertical(-1, extend),
  ArrowDown: (grid, extend) => grid.vertical(1, extend),
  ArrowLeft: (grid, extend) => grid.horizontal(-1, extend),
  ArrowRight: (grid, extend) => grid.horizontal(1, extend),
  Home: (grid, extend) => grid.edge(-1, extend),
  End: (grid, extend) => grid.edge(1, extend),
  PageUp: (grid) => grid.vertical(-10, false),
  PageDown: (grid) => grid.vertical(10, false),
};

function withControl(grid, event) {
  const key = event.key.toLowerCase();
  if (key === "enter") {
    grid.confirmUnchanged();
    return true;
  }
  // While editing, Ctrl+Z and its like belong to the text.
  if (grid.editing) return false;
  if (key === "z" && !event.shiftKey) grid.undo();
  else if (key === "y" || (key === "z" && event.shiftKey)) grid.redo();
  else if (key === "home") grid.corner(-1);
  else if (key === "end") grid.corner(1);
  else return false;
  return true;
}

function whileEditing(grid, event) {
  switch (event.key) {
    case "Enter":
      if (event.altKey && grid.field === "note") return grid.newline();
      grid.commit();
      grid.vertical(event.shiftKey ? -1 : 1, false);
      return true;
    case "Escape":
      grid.cancel();
      return true;
    default:
      // A note is prose: its arrows move in the text even when it was begun by typing.
      if (!(event.key in MOVING) || !grid.typedOver || grid.field === "note") return false;
      grid.commit();
      MOVING[event.key](grid, false);
      return true;
  }
}

function whileMoving(grid, event) {
  if (event.key in MOVING) {
    MOVING[event.key](grid, event.shiftKey);
    return true;
  }
  switch (event.key) {
    case "Enter":
      grid.vertical(event.shiftKey ? -1 : 1, false);
      return true;
    case "F2":
      grid.edit();
      return true;
    case "Delete":
      grid.clear();
      return true;
    case " ":
      return grid.field === "est" && grid.toggle();
    default:
      // Backspace clears nothing: UniKey sends it on its own account.
      return false;
  }
}

/** True when the key was ours and must go no further. */
export function press(grid, event) {
  // 229: the key belongs to an input method that is still composing.
  if (event.isComposing || event.keyCode === 229) return false;
  if (event.ctrlKey || event.metaKey) return !event.altKey && withControl(grid, event);
  if (event.key === "Tab") {
    grid.commit();
    // At the end of the table Tab goes on to what follows it: the grid is no trap.
    return grid.onward(event.shiftKey ? -1 : 1);
  }
  if (event.altKey && !(event.key === "Enter" && grid.editing)) return false;
  return grid.editing ? whileEditing(grid, event) : whileMoving(grid, event);
}
