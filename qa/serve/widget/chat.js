/* The chat inside the frame: asks the service it came from, draws checked answers, opens the page a citation stands on.
 *
 * All text is set as text; the little Markdown that answers use (bold, tables, [1]) becomes elements, never HTML.
 * The token comes from the page around the frame by postMessage, or, for a bare iframe, after # in the address,
 * which no server ever sees.
 */
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const api = new URL("../v1/", location.href);
  const WORDS = {
    zh: {
      title: "预算决算问答", hint: "例如：某单位2022年三公经费决算是多少？", send: "提问", page: "第{0}页", wait: "正在查找",
      table: "表格已核对", text: "正文已核对", both: "表格与正文一致", computed: "计算所得", conflict: "表文矛盾",
      lost: "登录已过期，请刷新页面后重试。", failed: "暂时无法回答，请稍后再试。", noimage: "此文件没有页面图像。", close: "关闭",
    },
    en: {
      title: "Budget questions", hint: "Ask about a budget or final accounts", send: "Ask", page: "page {0}", wait: "Looking it up",
      table: "checked in table", text: "checked in text", both: "table and text agree", computed: "computed",
      conflict: "table and text differ", lost: "Your session has expired; please reload the page.",
      failed: "No answer just now; please try again later.", noimage: "This document has no page images.", close: "Close",
    },
  };
  const state = { token: new URLSearchParams(location.hash.slice(1)).get("token") || "", lang: "zh", documents: [], history: [] };
  history.replaceState(null, "", location.pathname + location.search); // the token leaves the address bar
  const say = (key, ...args) => WORDS[state.lang][key].replace(/\{(\d)\}/g, (_, n) => args[n]);

  // ---------------------------------------------------------------------------------------------- the page around us

  function configure(given) {
    state.token = given.token || state.token;
    state.lang = given.lang === "en" ? "en" : "zh";
    state.documents = Array.isArray(given.documents) ? given.documents : [];
    if (given.color && CSS.supports("color", given.color)) document.documentElement.style.setProperty("--accent", given.color);
    $("title").textContent = given.title || say("title");
    $("question").placeholder = say("hint");
    $("question").setAttribute("aria-label", say("hint"));
    $("send").textContent = say("send");
    $("close").setAttribute("aria-label", say("close"));
    document.documentElement.lang = state.lang === "en" ? "en" : "zh-CN";
  }
  addEventListener("message", (event) => {
    // Whoever may frame us is decided by frame-ancestors; only that page is listened to.
    if (event.source === parent && event.data?.mingzhang) configure(event.data.mingzhang);
  });
  const tellParent = (word) => parent !== window && parent.postMessage({ mingzhang: word }, "*"); // holds nothing secret

  // ------------------------------------------------------------------------------------------------------ the service

  async function call(path, options = {}) {
    const headers = { ...options.headers };
    if (state.token) headers.Authorization = `Bearer ${state.token}`;
    const response = await fetch(new URL(path, api), { ...options, headers });
    if (response.status === 401) { tellParent("token"); throw new Error(say("lost")); }
    if (!response.ok) throw new Error((await response.json().catch(() => ({}))).detail || say("failed"));
    return response;
  }

  async function ask(question, onStage) {
    const body = { question, history: state.history.slice(-20), documents: state.documents, stream: true };
    const response = await call("answers", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let buffer = ""; ;) {
      const { value, done } = await reader.read();
      if (done) throw new Error(say("failed"));
      buffer += value;
      for (let end; (end = buffer.indexOf("\n\n")) >= 0; buffer = buffer.slice(end + 2)) {
        const [, event, data] = /^event: (\w+)\ndata: (.*)$/s.exec(buffer.slice(0, end)) || [];
        if (event === "stage") onStage(JSON.parse(data).stage);
        if (event === "error") throw new Error(JSON.parse(data).detail);
        if (event === "answer") return JSON.parse(data);
      }
    }
  }

  // ---------------------------------------------------------------------------------------------------------- drawing

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function inline(parent, text, answer) {
    for (const part of text.split(/(\*\*.+?\*\*|\[\d{1,3}\])/)) {
      const mark = /^\[(\d+)\]$/.exec(part);
      const citation = mark && answer.citations.find((c) => c.id === Number(mark[1]));
      if (citation) {
        const button = make("button", "cite", part);
        button.type = "button";
        button.addEventListener("click", () => openPage(citation));
        parent.append(button);
      } else if (/^\*\*.+\*\*$/.test(part)) parent.append(make("strong", "", part.slice(2, -2)));
      else parent.append(part);
    }
  }

  function body(parent, answer) {
    for (const block of answer.text.split(/\n{2,}/)) {
      const lines = block.split("\n");
      if (lines.length > 2 && lines.every((line) => line.startsWith("|"))) parent.append(table(lines, answer));
      else inline(parent.appendChild(make("p")), block, answer);
    }
  }

  function table(lines, answer) {
    const element = make("table");
    lines.filter((line) => !/^[|\s:-]+$/.test(line)).forEach((line, number) => {
      const row = element.insertRow();
      for (const cell of line.replace(/^\||\|$/g, "").split("|")) inline(row.appendChild(make(number ? "td" : "th")), cell.trim(), answer);
    });
    return element;
  }

  function draw(box, answer) {
    box.replaceChildren();
    const value = answer.values[0];
    if (value) {
      const figure = box.appendChild(make("div", "figure", `${value.value}${value.unit}`));
      figure.append(make("small", "", value.label));
      box.append(make("span", `badge ${value.verification}`, say(value.verification)));
    }
    body(box, answer);
    for (const warning of answer.warnings) box.append(make("p", "warning", warning));
    const sources = box.appendChild(make("div", "sources"));
    for (const citation of answer.citations.slice(0, 12)) {
      const button = make("button", "", `[${citation.id}] ${say("page", citation.page)} ${citation.table || citation.section}`);
      button.type = "button";
      button.title = citation.document;
      button.addEventListener("click", () => openPage(citation));
      sources.append(button);
    }
    const options = box.appendChild(make("div", "options"));
    for (const option of [...answer.options, ...answer.suggestions]) {
      const button = make("button", "", option);
      button.type = "button";
      button.addEventListener("click", () => submit(option));
      options.append(button);
    }
  }

  async function openPage(citation) {
    $("where").textContent = `${citation.document}　${say("page", citation.page)}`;
    $("quote").textContent = citation.quote;
    $("image").removeAttribute("src");
    $("page").showModal();
    const boxes = citation.boxes.filter(([page]) => page === citation.page).map(([, ...box]) => box);
    if (!boxes.length && citation.bbox) boxes.push(citation.bbox);
    const query = new URLSearchParams(boxes.map((box) => ["box", box.join(",")]));
    try {
      const response = await call(`documents/${encodeURIComponent(citation.document)}/pages/${citation.page}?${query}`);
      URL.revokeObjectURL($("image").src);
      $("image").alt = $("where").textContent;
      $("image").src = URL.createObjectURL(await response.blob());
    } catch {
      $("quote").append(`（${say("noimage")}）`);
    }
  }

  // ----------------------------------------------------------------------------------------------------------- asking

  async function submit(question) {
    $("send").disabled = true;
    $("turns").append(make("div", "user", question));
    const box = $("turns").appendChild(make("div", "answer"));
    box.append(make("span", "stage", say("wait")));
    box.scrollIntoView({ block: "end" });
    try {
      const answer = await ask(question, (stage) => { box.firstChild.textContent = stage; });
      draw(box, answer);
      state.history.push(question);
    } catch (error) {
      box.replaceChildren(make("p", "error", error.message || say("failed")));
    }
    $("send").disabled = false;
    box.scrollIntoView({ block: "nearest" });
  }

  $("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    const question = $("question").value.trim();
    if (!question || $("send").disabled) return;
    $("question").value = "";
    submit(question);
  });
  $("question").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      $("ask").requestSubmit();
    }
  });
  addEventListener("keydown", (event) => event.key === "Escape" && !$("page").open && tellParent("close"));
  $("close").addEventListener("click", () => $("page").close());

  configure({});
  tellParent("ready");
})();
