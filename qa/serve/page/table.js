// A table: cells are text, figures stand right. The row and the column of `cell` are lit; with `pick` a person chooses
// a cell ("cell") or, by its first cell or anywhere on it, a row ("row"). `bar` is a column of shares drawn as bars.
export default function ({ data, parentElement, setTriggerValue }) {
  const frame = parentElement.querySelector(".grid");
  const [row, column] = data.cell ?? [-1, -1];
  const marked = new Set(data.marked.map(String));
  const table = document.createElement("table");
  frame.setAttribute("aria-label", data.label);
  frame.classList.toggle("rows", data.pick === "row");
  const head = table.createTHead().insertRow();
  data.columns.forEach((name, c) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    cell.classList.toggle("lit", c === column);
    cell.classList.toggle("long", name.length > LONG);
    cell.classList.toggle("figure", data.rows.length > 0 && data.rows.every((texts) => !texts[c] || isFigure(texts[c])));
    head.append(cell);
  });
  const body = table.createTBody();
  data.rows.forEach((texts, r) => {
    const line = body.insertRow();
    line.classList.toggle("lit", r === row);
    if (data.pick === "row") line.onclick = () => setTriggerValue("cell", [r, 0]);
    texts.forEach((text, c) => {
      const cell = line.insertCell();
      cell.classList.toggle("lit", c === column);
      cell.classList.toggle("cited", r === row && c === column);
      cell.classList.toggle("marked", marked.has(`${r},${c}`));
      cell.classList.toggle("figure", isFigure(text));
      cell.classList.toggle("long", text.length > LONG);
      if (c === data.bar) cell.style.setProperty("--share", `${parseFloat(text) || 0}%`);
      if (data.pick === "cell" || (data.pick === "row" && c === 0)) pickable(cell, text, r, c);
      else cell.textContent = text;
    });
  });
  frame.replaceChildren(table);
  const first = table.querySelector("button[aria-pressed]") ?? table.querySelector("button");
  if (first) first.tabIndex = 0;
  table.onkeydown = walk;
  const cited = frame.querySelector(".cited") ?? frame.querySelector("tr.lit");
  if (cited) {
    frame.scrollTop = cited.offsetTop - frame.clientHeight / 2;
    if (column >= 0) frame.scrollLeft = cited.offsetLeft - frame.clientWidth / 2;
  }

  function pickable(cell, text, r, c) {
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1;
    button.textContent = text || "\u00a0";
    if (!text) button.setAttribute("aria-label", `${data.rows[r].find(Boolean) ?? ""} ${data.columns[c]}`);
    if (data.pick === "cell") button.onclick = () => setTriggerValue("cell", [r, c]);
    if (r === row && (c === column || data.pick === "row")) button.setAttribute("aria-pressed", "true");
    cell.append(button);
  }
}

// One stop of the tab key for the whole table; the arrows go from cell to cell.
function walk(event) {
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  const cell = event.target.closest("td");
  if (!step || !cell) return;
  const row = cell.closest("tbody").rows[cell.parentElement.sectionRowIndex + step[0]];
  const next = row?.cells[cell.cellIndex + step[1]]?.querySelector("button");
  if (!next) return;
  event.preventDefault();
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

const LONG = 16; // characters that stay on one line
const isFigure = (text) => /^[-−]?[\d,.]+[%％]?$/.test(text);
