// A product of one page: a link shows another route, and nothing is loaded. Begins as README.md of
// org.candor.rest says.
(() => {
  if (window.candor) return;
  const q = [], src = "CANDOR/candor.js";
  const hold = (name) => (value) => { if (q.length < 200) q.push([name, value, Date.now()]); };
  window.candor = Object.assign(hold(""), { q, login: hold("login"), logout: hold("logout"), page: hold("page") });
  const load = () => setTimeout(() => document.head.append(Object.assign(document.createElement("script"), { src })));
  if (document.readyState === "complete") load(); else addEventListener("load", load);
})();

candor({
  key: "shop-key-1",
  version: "4.5.6",
  auto: true,
  routes: ["/", "/cart", "/items/[id]", "/offers/[offer]"],
});

const form = document.querySelector("form");
const leave = document.getElementById("leave");

function show() {
  document.querySelector("h1").textContent = location.pathname;
}

function signedIn(is) {
  form.hidden = is;
  leave.hidden = !is;
}

document.querySelector("nav").addEventListener("click", (event) => {
  event.preventDefault();
  history.pushState({}, "", event.target.href);
  if (event.target.dataset.rendered === "twice") {
    history.pushState({}, "", event.target.href);
  }
  show();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  candor.login(form.elements.who.value);
  signedIn(true);
});

leave.addEventListener("click", () => {
  candor.logout();
  signedIn(false);
});

show();
