// Undo and redo. A step is a list of changes {row, field, before, after} that were made by one act (typing, a paste).

const KEPT_STEPS = 200;

export function createHistory() {
  const done = [];
  const undone = [];
  return {
    /** Remembers one act; what had been undone can no longer be redone. */
    push(changes) {
      if (!changes.length) return;
      done.push(changes);
      if (done.length > KEPT_STEPS) done.shift();
      undone.length = 0;
    },
    /** The changes to make to take the last act back, last first, or null. */
    undo() {
      const step = done.pop();
      if (!step) return null;
      undone.push(step);
      return step.map(({ row, field, before }) => ({ row, field, text: before })).reverse();
    },
    /** The changes to make to do the last undone act again, or null. */
    redo() {
      const step = undone.pop();
      if (!step) return null;
      done.push(step);
      return step.map(({ row, field, after }) => ({ row, field, text: after }));
    },
  };
}
