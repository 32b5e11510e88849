// Fragments fetched by htmx: the CSRF token goes along, and a failed request says so on the page.

const OFFLINE = "Máy đang mất mạng nên chưa thực hiện được. Đề nghị kiểm tra đường truyền rồi thử lại.";
const REFUSED = "Hệ thống chưa thực hiện được việc vừa chọn. Đề nghị tải lại trang rồi thử lại.";

function say(root, text) {
  const main = root.getElementById("main");
  const line = root.createElement("p");
  line.className = "message message-error";
  line.setAttribute("role", "alert");
  line.textContent = text;
  main.querySelectorAll(":scope > .message-error[data-request]").forEach((old) => old.remove());
  line.dataset.request = "";
  main.prepend(line);
}

export function startRequests(root) {
  root.addEventListener("htmx:configRequest", (event) => {
    const token = root.querySelector("meta[name=csrf-token]")?.content;
    if (token) event.detail.headers["X-CSRFToken"] = token;
  });
  root.addEventListener("htmx:sendError", () => say(root, OFFLINE));
  root.addEventListener("htmx:responseError", () => say(root, REFUSED));
  // A page shown again from the browser's cache would show figures of another moment.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
