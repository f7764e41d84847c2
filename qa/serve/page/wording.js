// The words that Streamlit brings itself, in the language of the page; and which language that is, for fonts and readers.
// Only whole texts and labels listed here are replaced, each in its own node: nothing of a document is touched.
const WORDS = new Map(Object.entries({
  "Upload": "选择文件",
  "Add files": "再加文件",
  "Drag and drop files here": "把文件拖到这里",
  "No results": "没有符合的选项",
  "Select all": "全选",
  "Clear all": "全部清除",
  "Clear value": "清除",
  "Open": "展开",
  "Selected values": "已选",
  "Send message": "发送",
  "Stop script": "停止",
  "Stop": "停止",
  "Running...": "处理中",
  "Connecting...": "正在连接",
  "Connection error": "连接中断",
  "Press Enter to submit form": "按回车键提交",
  "Press Enter to apply": "按回车键生效",
  "Copy to clipboard": "复制",
  "Copied": "已复制",
  "Fullscreen": "全屏",
  "Close fullscreen": "退出全屏",
  "Collapse sidebar": "收起侧栏",
  "Expand sidebar": "展开侧栏",
  "Close": "关闭",
  "Skip to main content": "跳到正文",
  "Sidebar": "侧栏",
  "App pages": "各页",
  "Navigate to home page": "回到问答",
  "file upload": "上传文件",
  "error icon": "错误",
  "warning icon": "提示",
  "info icon": "说明",
  "difference icon": "口径不同",
  "straighten icon": "尾差",
  "check_circle icon": "相符",
  "check circle icon": "相符",
  "verified icon": "已核验",
  "Vega visualization": "图表",
  "Thumbs up": "有用",
  "Thumbs down": "有误",
}));
const PATTERNS = [
  [/^([\d.]+ ?[KMG]B) per file$/, (_, size) => `每个文件不超过 ${size}`],
  [/^• ((?:[A-Z]{2,5}, )*[A-Z]{2,5})$/, (_, kinds) => `，${kinds.replaceAll(", ", "、")}`],
  [/^Add: (.+)$/, (_, text) => `使用“${text}”`],
  [/^Select (\d+) matches$/, (_, count) => `选择这 ${count} 项`],
  [/^Remove (.+)$/, (_, text) => `移除 ${text}`],
  [/^(\d+) selected$/, (_, count) => `已选 ${count} 项`],
];
const LABELS = ["aria-label", "title", "placeholder"];
const THEIRS = "[data-testid='stFileUploaderDropzone'], [role='listbox'], [role='option'], [data-testid='InputInstructions'], header, a[href^='#']";

export default function ({ data }) {
  document.documentElement.lang = data.lang;
  if (data.lang === "en") return;
  const observer = new MutationObserver((changes) => changes.forEach(({ target }) => translate(target)));
  observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: LABELS });
  translate(document.body);
  return () => observer.disconnect();
}

function translate(root) {
  const from = root.nodeType === Node.TEXT_NODE ? root.parentElement : root;
  if (!from?.isConnected) return;
  if (root.nodeType === Node.TEXT_NODE) return text(root);
  for (const element of [from, ...from.querySelectorAll("[aria-label], [title], [placeholder]")]) labels(element);
  const walker = document.createTreeWalker(from, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) text(walker.currentNode);
}

function text(node) {
  const parent = node.parentElement;
  if (!parent?.closest(THEIRS)) return;
  const said = inChinese(node.data.trim());
  if (said) node.data = said;
}

function labels(element) {
  for (const name of LABELS) {
    const said = inChinese(element.getAttribute?.(name) ?? "");
    if (said) element.setAttribute(name, said);
  }
}

function inChinese(words) {
  if (!words) return "";
  if (WORDS.has(words)) return WORDS.get(words);
  const found = PATTERNS.find(([pattern]) => pattern.test(words));
  return found ? words.replace(...found) : "";
}
