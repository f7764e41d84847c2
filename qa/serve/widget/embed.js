/* 明账: one line puts the chat on a page.
 *
 *   <script src="https://…/embed.js" data-token="JWT" data-lang="zh"></script>
 *
 * data-token     a short-lived token that the page's own backend signed; never a key
 * data-lang      zh (default) or en
 * data-title     heading of the chat
 * data-color     accent colour, e.g. #1d4ed8
 * data-position  right (default) or left, of the floating button
 * data-target    CSS selector of an element to fill, in place of the floating button
 * data-document  only answer from this document; several separated by |
 *
 * When a token runs out the page may hand over a new one: Mingzhang.setToken(token), or answer the event
 * "mingzhang:token" that is sent to window when one is wanted.
 */
(() => {
  "use strict";
  const script = document.currentScript;
  const base = new URL("widget/", script.src);
  const options = { ...script.dataset };
  const english = options.lang === "en";
  const color = CSS.supports("color", options.color || "") ? options.color : "#1d4ed8";
  let token = options.token || "";

  const frame = document.createElement("iframe");
  frame.title = options.title || (english ? "Budget questions" : "预算决算问答");
  frame.src = base.href;
  frame.referrerPolicy = "origin";
  Object.assign(frame.style, { border: "0", width: "100%", height: "100%", display: "block", colorScheme: "light" });

  const tell = (message) => frame.contentWindow?.postMessage({ mingzhang: message }, base.origin);
  const configure = () => tell({
    token, lang: english ? "en" : "zh", title: options.title || "", color,
    documents: (options.document || "").split("|").filter(Boolean),
  });
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== base.origin) return;
    if (event.data?.mingzhang === "ready") configure();
    if (event.data?.mingzhang === "token") dispatchEvent(new CustomEvent("mingzhang:token"));
    if (event.data?.mingzhang === "close") show(false);
  });

  let show = () => {};
  const place = () => {
    const target = options.target && document.querySelector(options.target);
    if (target) {
      if (!target.style.height && target.clientHeight < 200) target.style.height = "560px";
      target.append(frame);
      return;
    }
    float();
  };

  const float = () => {
    const side = options.position === "left" ? "left" : "right";
    const panel = document.createElement("div");
    Object.assign(panel.style, {
      position: "fixed", bottom: "84px", [side]: "20px", width: "min(420px, calc(100vw - 24px))",
      height: "min(640px, calc(100vh - 104px))", borderRadius: "12px", overflow: "hidden", zIndex: 2147483000,
      boxShadow: "0 8px 32px rgb(0 0 0 / .25)", display: "none", background: "#fff",
    });
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "账";
    button.setAttribute("aria-label", frame.title);
    button.setAttribute("aria-expanded", "false");
    Object.assign(button.style, {
      position: "fixed", bottom: "20px", [side]: "20px", width: "52px", height: "52px", borderRadius: "50%", border: "0",
      background: color, color: "#fff", font: "600 22px system-ui, sans-serif", cursor: "pointer", zIndex: 2147483000,
      boxShadow: "0 4px 16px rgb(0 0 0 / .3)",
    });
    show = (open) => {
      // The frame is only loaded once somebody opens it: a page that nobody asks on pays nothing.
      if (open && !frame.isConnected) panel.append(frame);
      panel.style.display = open ? "block" : "none";
      button.setAttribute("aria-expanded", String(open));
      if (!open) button.focus();
    };
    button.addEventListener("click", () => show(panel.style.display === "none"));
    addEventListener("keydown", (event) => event.key === "Escape" && panel.style.display !== "none" && show(false));
    document.body.append(panel, button);
  };

  window.Mingzhang = {
    open: () => show(true),
    close: () => show(false),
    setToken: (fresh) => { token = fresh; configure(); },
  };
  if (document.body) place(); else addEventListener("DOMContentLoaded", place);
})();
