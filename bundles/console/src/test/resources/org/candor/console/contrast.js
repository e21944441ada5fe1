// Every visible text of the page with its contrast, from computed styles (WCAG 2.2, 1.4.3).
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
function rgba(color) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}
const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
function behind(node) {
  const layers = [];
  for (let at = node; at; at = at.parentElement) {
    layers.push(rgba(getComputedStyle(at).backgroundColor));
  }
  return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
}
const light = ([r, g, b]) => {
  const [x, y, z] = [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
};
const found = [];
let lowest = 21;
let texts = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode.parentElement;
  if (walker.currentNode.data.trim() === "" || node.closest(".unseen, noscript, option") || !node.checkVisibility()) {
    continue;
  }
  const style = getComputedStyle(node);
  const under = behind(node);
  const ink = over(rgba(node instanceof SVGElement ? style.fill : style.color), under);
  const [a, b] = [light(ink), light(under)].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  texts++;
  lowest = Math.min(lowest, ratio);
  if (ratio < 4.5) {
    found.push(`${ratio.toFixed(2)} ${node.tagName}.${node.className.baseVal ?? node.className}: ${walker.currentNode.data.trim().slice(0, 40)}`);
  }
}
return { found, lowest, texts };
