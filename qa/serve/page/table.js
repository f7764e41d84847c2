// A table as extracted, the cited row and column lit. Cells are text; one can be picked to say that it is wrong.
export default function ({ data, parentElement, setTriggerValue }) {
  const frame = parentElement.querySelector(".grid");
  const [row, column] = data.cell ?? [-1, -1];
  const marked = new Set(data.marked.map(String));
  const table = document.createElement("table");
  frame.setAttribute("aria-label", data.label);
  const head = table.createTHead().insertRow();
  data.columns.forEach((name, c) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    cell.classList.toggle("lit", c === column);
    head.append(cell);
  });
  const body = table.createTBody();
  data.rows.forEach((texts, r) => {
    const line = body.insertRow();
    line.classList.toggle("lit", r === row);
    texts.forEach((text, c) => {
      const cell = line.insertCell();
      cell.classList.toggle("lit", c === column);
      cell.classList.toggle("cited", r === row && c === column);
      cell.classList.toggle("marked", marked.has(`${r},${c}`));
      cell.classList.toggle("figure", /^[-−]?[\d,.]+%?$/.test(text));
      if (data.pick) pickable(cell, text, r, c);
      else cell.textContent = text;
    });
  });
  frame.replaceChildren(table);
  const cited = frame.querySelector(".cited");
  if (cited) {
    frame.scrollTop = cited.offsetTop - frame.clientHeight / 2;
    frame.scrollLeft = cited.offsetLeft - frame.clientWidth / 2;
  }

  function pickable(cell, text, r, c) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text || "\u00a0";
    button.onclick = () => setTriggerValue("cell", [r, c]);
    cell.append(button);
  }
}
