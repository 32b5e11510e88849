// Saves what was typed shortly after the typing stops, keeps a copy in the tab until the server has it, and says so.
import { createKept } from "./kept.js";
import { buildBody, isBroken, sent } from "./payload.js";
import { Conflict, post, Refused, SignedOut } from "./wire.js";

const PAUSE_MS = 1200;
const RETRY_MS = 15000;

const OFFLINE = "Chưa lưu được, máy đang mất mạng. Số đã nhập vẫn giữ trên trang.";
const REFUSED = "Chưa lưu được vì hệ thống gặp sự cố. Số đã nhập vẫn giữ trên trang; máy sẽ tự lưu lại.";
const SIGNED_OUT =
  "Chưa lưu được vì phiên làm việc đã hết. Số đã nhập vẫn giữ trên trang. Đề nghị đăng nhập lại ở thẻ khác rồi nhập tiếp.";
const OTHERS =
  "Chưa lưu được vì bản nháp này vừa được sửa ở nơi khác. Đề nghị chép lại số mới nhập, tải lại trang rồi nhập tiếp.";

export class Autosave {
  #timer = 0;
  #running = null;
  #again = false;
  #sending = false;
  #onAnswer;

  /** `stateLine`: where the state is said, or null; `onAnswer(answer)`: takes the server's messages at cells. */
  constructor(model, stateLine, onAnswer) {
    const { autosaveUrl, viewer } = model.table.dataset;
    this.model = model;
    this.stateLine = stateLine;
    this.url = autosaveUrl;
    this.copy = createKept(`xanh.grid.${viewer ?? ""}.${autosaveUrl}`);
    this.#onAnswer = onAnswer;
    this.#listen();
  }

  /** Rows typed before a reload and not saved, as [code, {field: text}]. */
  kept() {
    return this.copy.kept(this.model.baseVersion);
  }

  say(text, state) {
    if (!this.stateLine) return;
    this.stateLine.textContent = text;
    this.stateLine.dataset.state = state;
  }

  /** Called after every change. */
  later() {
    this.#keep();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), PAUSE_MS);
    this.say("Có số mới nhập, chưa lưu.", "changed");
  }

  /** Sends what waits; while one save is on its way the next waits for it. */
  async save() {
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      return;
    }
    const { body, codes, waiting } = buildBody(this.model.rows, this.model.baseVersion);
    if (!codes.length) {
      if (waiting) this.say(`Còn ${waiting} dòng chờ sửa số chưa đọc được nên chưa lưu.`, "partly");
      return;
    }
    this.#again = false;
    this.#running = this.#sendOnce(body, codes);
    await this.#running;
    if (this.#again && !this.#sending) await this.save();
  }

  async #sendOnce(body, codes) {
    this.say("Đang lưu…", "saving");
    try {
      this.#saved(await post(this.url, body), codes, body);
    } catch (error) {
      this.#failed(error);
    }
    this.#running = null;
    this.#keep();
  }

  #saved(answer, codes, body) {
    this.#setVersion(answer.version);
    for (const row of this.model.rows.filter((each) => codes.includes(each.code))) {
      // A row that was typed on while the answer was on its way stays to be saved.
      if (JSON.stringify(sent(row)) === JSON.stringify(body.values[row.code])) row.dirty = isBroken(row);
    }
    const waiting = this.model.rows.filter((row) => row.dirty && isBroken(row)).length;
    const rest = waiting ? `, còn ${waiting} dòng chờ sửa số chưa đọc được` : "";
    this.say(`Đã lưu lúc ${answer.saved_at}${rest}`, waiting ? "partly" : "saved");
    this.#onAnswer(answer);
  }

  #failed(error) {
    if (error instanceof Conflict) {
      // Our own save went through but its answer was lost on the line: go on from the version that it made.
      if (error.answer.own && this.#setVersion(error.answer.version)) this.#again = true;
      else this.say(error.answer.message ?? OTHERS, "failed");
      return;
    }
    if (error instanceof SignedOut) this.say(SIGNED_OUT, "failed");
    else if (error instanceof Refused) this.say(error.message || REFUSED, "failed");
    else this.say(OFFLINE, "offline");
    this.#timer = setTimeout(() => this.save(), RETRY_MS);
  }

  /** Forms on the page that build on the same draft carry its version too. */
  #setVersion(version) {
    if (!Number.isInteger(version)) return false;
    this.model.baseVersion = version;
    for (const field of document.querySelectorAll("input[name=base_version]")) field.value = version;
    return true;
  }

  #keep() {
    this.copy.keep(this.model.rows, this.model.baseVersion);
  }

  #listen() {
    // Sending the form sends every cell, saved or not: no warning then. A save that is on its way is waited for, as it
    // moves the version that the form builds on.
    this.model.table.closest("form")?.addEventListener("submit", (event) => {
      this.#sending = true;
      clearTimeout(this.#timer);
      if (!this.#running) return;
      event.preventDefault();
      this.#running.then(() => event.target.requestSubmit(event.submitter));
    });
    addEventListener("online", () => this.save());
    addEventListener("beforeunload", (event) => {
      if (this.#sending || !this.model.rows.some((row) => row.dirty)) return;
      this.#keep();
      event.preventDefault();
    });
  }
}
