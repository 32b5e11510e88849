// Saves what was typed shortly after the typing stops, keeps a copy in the tab until the server has it, and says so.
import { buildBody, isBroken, sent } from "./payload.js";

const PAUSE_MS = 1200;
const RETRY_MS = 15000;
const TIMEOUT_MS = 20000;

const OFFLINE = "Chưa lưu được, máy đang mất mạng. Số đã nhập vẫn giữ trên trang.";
const REFUSED = "Chưa lưu được vì hệ thống gặp sự cố. Số đã nhập vẫn giữ trên trang; máy sẽ tự lưu lại.";
const SIGNED_OUT = "Chưa lưu được vì phiên làm việc đã hết. Số đã nhập vẫn giữ trên trang. Đề nghị đăng nhập lại ở thẻ khác rồi nhập tiếp.";
const OTHERS = "Chưa lưu được vì bản nháp này vừa được sửa ở nơi khác. Đề nghị chép lại số mới nhập, tải lại trang rồi nhập tiếp.";
const RESTORED = "Đã lấy lại số nhập lần trước chưa kịp lưu.";

class Conflict extends Error {
  constructor(answer) {
    super("conflict");
    this.answer = answer;
  }
}
class SignedOut extends Error {}
class Refused extends Error {}

async function post(url, body) {
  const token = document.querySelector("meta[name=csrf-token]")?.content ?? "";
  const response = await fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  // A session that has ended answers with the sign-in page.
  if (response.redirected || response.status === 401 || (response.ok && !isJson)) throw new SignedOut();
  const answer = isJson ? await response.json() : {};
  if (response.status === 409) throw new Conflict(answer);
  if (!response.ok) throw new Refused(answer.message ?? "");
  return answer;
}

export function createAutosave(model, stateLine, onAnswer) {
  const url = model.table.dataset.autosaveUrl;
  const key = `xanh.grid.${model.table.dataset.viewer ?? ""}.${url}`;
  let timer = 0;
  let running = null;
  let again = false;
  let sending = false;

  function say(text, state) {
    if (!stateLine) return;
    stateLine.textContent = text;
    stateLine.dataset.state = state;
  }

  /** Forms on the page that build on the same draft carry its version too. */
  function setVersion(version) {
    if (!Number.isInteger(version)) return;
    model.baseVersion = version;
    for (const field of document.querySelectorAll("input[name=base_version]")) field.value = version;
  }

  function keep() {
    const rows = model.rows.filter((row) => row.dirty);
    const texts = rows.map((row) => [row.code, Object.fromEntries(Object.entries(row.cells).map(([field, cell]) => [field, cell.text]))]);
    try {
      if (rows.length) sessionStorage.setItem(key, JSON.stringify({ base_version: model.baseVersion, texts: Object.fromEntries(texts) }));
      else sessionStorage.removeItem(key);
    } catch {
      // The tab has no storage left: the page itself still holds what was typed.
    }
  }

  /** Rows typed before a reload, as [code, {field: text}]; nothing when the draft has moved on since. */
  function kept() {
    try {
      const copy = JSON.parse(sessionStorage.getItem(key) ?? "null");
      return copy && copy.base_version === model.baseVersion ? Object.entries(copy.texts) : [];
    } catch {
      return [];
    }
  }

  function saved(answer, codes, body) {
    setVersion(answer.version);
    for (const row of model.rows) {
      // A row that was typed on while the answer was on its way stays to be saved.
      if (codes.includes(row.code) && JSON.stringify(sent(row)) === JSON.stringify(body.values[row.code])) row.dirty = isBroken(row);
    }
    const waiting = model.rows.filter((row) => row.dirty && isBroken(row)).length;
    const rest = waiting ? `, còn ${waiting} dòng chờ sửa số chưa đọc được` : "";
    say(`Đã lưu lúc ${answer.saved_at}${rest}`, waiting ? "partly" : "saved");
    onAnswer(answer);
  }

  function failed(error) {
    if (error instanceof Conflict) {
      // Our own save went through but its answer was lost on the line: go on from the version that it made.
      if (error.answer.own && Number.isInteger(error.answer.version)) {
        setVersion(error.answer.version);
        again = true;
        return;
      }
      say(error.answer.message ?? OTHERS, "failed");
      return;
    }
    if (error instanceof SignedOut) say(SIGNED_OUT, "failed");
    else if (error instanceof Refused) say(error.message || REFUSED, "failed");
    else say(OFFLINE, "offline");
    timer = setTimeout(save, RETRY_MS);
  }

  async function sendOnce(body, codes) {
    say("Đang lưu…", "saving");
    try {
      saved(await post(url, body), codes, body);
    } catch (error) {
      failed(error);
    }
    running = null;
    keep();
  }

  /** Sends what waits; while one save is on its way the next waits for it. */
  async function save() {
    clearTimeout(timer);
    if (running) {
      again = true;
      return;
    }
    const { body, codes, waiting } = buildBody(model.rows, model.baseVersion);
    if (!codes.length) {
      if (waiting) say(`Còn ${waiting} dòng chờ sửa số chưa đọc được nên chưa lưu.`, "partly");
      return;
    }
    again = false;
    running = sendOnce(body, codes);
    await running;
    if (again && !sending) await save();
  }

  // Sending the form sends every cell, saved or not: no warning then. A save that is on its way is waited for, as it
  // moves the version that the form builds on.
  model.table.closest("form")?.addEventListener("submit", (event) => {
    sending = true;
    clearTimeout(timer);
    if (!running) return;
    event.preventDefault();
    running.then(() => event.target.requestSubmit(event.submitter));
  });
  addEventListener("online", save);
  addEventListener("beforeunload", (event) => {
    if (sending || !model.rows.some((row) => row.dirty)) return;
    keep();
    event.preventDefault();
  });

  return {
    save,
    kept,
    sayRestored: () => say(RESTORED, "saving"),
    /** Called after every change. */
    later() {
      keep();
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE_MS);
      say("Có số mới nhập, chưa lưu.", "changed");
    },
  };
}
