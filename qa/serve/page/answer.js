// The text of an answer. Words become text nodes; a mark is a button that opens its evidence.
// An answer that has just arrived is brought into sight, once.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".answer");
  root.replaceChildren(...data.blocks.map(block));
  if (data.arrived && root.dataset.arrived !== data.arrived) {
    root.dataset.arrived = data.arrived;
    bringIntoSight(root.closest('[data-testid="stChatMessage"]'));
  }

  function block({ kind, pieces, lead }) {
    const line = document.createElement(kind === "quote" ? "blockquote" : "p");
    line.className = kind;
    if (kind === "numbered") line.dataset.lead = lead;
    line.append(...pieces.map(piece));
    return line;
  }

  function piece({ words, bold, mark }) {
    if (!mark) {
      const run = document.createElement(bold ? "strong" : "span");
      run.textContent = words;
      return run;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "mark";
    button.textContent = words;
    button.dataset.mark = mark;
    button.setAttribute("aria-label", data.hint.replace("{}", mark));
    button.setAttribute("aria-pressed", String(mark === data.lit));
    button.onclick = () => setTriggerValue("mark", mark);
    return button;
  }
}

// What is drawn below an answer a moment later would push it out of sight again; whoever scrolls or types is left alone.
function bringIntoSight(message) {
  const timers = [0, 250, 700, 1400].map((wait) => setTimeout(() => message?.scrollIntoView({ block: "start" }), wait));
  const stop = () => timers.forEach(clearTimeout);
  for (const act of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(act, stop, { once: true, passive: true });
}
