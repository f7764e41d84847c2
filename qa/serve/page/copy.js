// Puts a text on the clipboard; also where a browser grants that only to secure pages.
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector(".copy");
  button.textContent = data.label;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.text);
    } catch {
      const area = document.createElement("textarea");
      area.value = data.text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = data.done;
    button.dataset.copied = data.text;
  };
}
