// Machines are shared: what a person typed and had not saved must not open for the next one.

export function startSignOut(root) {
  root.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-signout]")) sessionStorage.clear();
  });
}
