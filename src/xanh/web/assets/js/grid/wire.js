// The one request of the grid, and the ways in which it can fail.

const TIMEOUT_MS = 20000;

/** The draft was changed since: `answer.own` when it was by a save of ours whose answer was lost. */
export class Conflict extends Error {
  constructor(answer) {
    super("conflict");
    this.answer = answer;
  }
}

/** The session has ended. */
export class SignedOut extends Error {}

/** The server refused; the message may be empty. */
export class Refused extends Error {}

/** Posts a body as JSON and returns the answer. Throws one of the three above, or what fetch throws without a line. */
export async function post(url, body) {
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
