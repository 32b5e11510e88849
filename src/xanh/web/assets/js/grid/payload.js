// The body of an autosave: only rows that changed since the last save; rows not named stay as they are on the server.

/** {n, d, est, note} of a row as it is sent. */
export function sent(row) {
  return {
    n: row.cells.n.value,
    d: row.cells.d ? row.cells.d.value : null,
    est: Boolean(row.cells.est?.value),
    note: row.cells.note?.value ?? "",
  };
}

/** Whether a cell of the row holds text that could not be read: such a row waits until it is put right. */
export function isBroken(row) {
  return Boolean(row.cells.n.error || row.cells.d?.error);
}

/** {body, codes, waiting}: what to send, the codes in it, and how many changed rows wait for a correction. */
export function buildBody(rows, baseVersion) {
  const changed = rows.filter((row) => row.dirty);
  const ready = changed.filter((row) => !isBroken(row));
  const body = { values: Object.fromEntries(ready.map((row) => [row.code, sent(row)])), base_version: baseVersion };
  const unchanged = ready.filter((row) => row.confirmed).map((row) => row.code);
  if (unchanged.length) body.unchanged = unchanged;
  return {
    body,
    codes: ready.map((row) => row.code),
    waiting: changed.length - ready.length,
  };
}
