// The copy of unsaved rows in the tab (sessionStorage), until the server has them.

/** {keep(rows, baseVersion), kept(baseVersion)} under a key of its own for each person and draft. */
export function createKept(key) {
  return {
    /** Keeps what is not saved yet; with nothing to keep the copy goes. */
    keep(rows, baseVersion) {
      const unsaved = rows.filter((row) => row.dirty);
      const textsOf = (row) => Object.fromEntries(Object.entries(row.cells).map(([field, cell]) => [field, cell.text]));
      const texts = Object.fromEntries(unsaved.map((row) => [row.code, textsOf(row)]));
      try {
        if (unsaved.length) sessionStorage.setItem(key, JSON.stringify({ base_version: baseVersion, texts }));
        else sessionStorage.removeItem(key);
      } catch {
        // The tab has no storage left: the page itself still holds what was typed.
      }
    },
    /** Rows typed before a reload, as [code, {field: text}]; nothing when the draft has moved on since. */
    kept(baseVersion) {
      try {
        const copy = JSON.parse(sessionStorage.getItem(key) ?? "null");
        return copy && copy.base_version === baseVersion ? Object.entries(copy.texts) : [];
      } catch {
        return [];
      }
    },
  };
}
