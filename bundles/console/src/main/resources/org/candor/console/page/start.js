// Begins once the page was painted for the first time, so that nothing else is loaded before it.

function begin() {
  document.head.append(document.getElementById("modules").content);
  import("./app.js").catch(() => {
    document.getElementById("live").textContent = "This page did not load completely: reload it";
  });
}

requestAnimationFrame(() => setTimeout(begin));
